using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;
using Monitoring.Ingestion.Formats.Tables;
using Monitoring.World;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Events of ACLED (Armed Conflict Location and Event Data, codebook): tables with any of its generations of headers, in either case of
/// letters, or the API's JSON. <c>event_id_cnty</c>, else <c>data_id</c>, names an event; what happened and where is the title, the
/// notes are the text. <c>timestamp</c>, when it was last put online, is left out: it moves without anything else.
/// <list type="bullet">
/// <item>Severity by <c>fatalities</c>: from 50 critical, from 1 high; without deaths battles, remote violence and violence against civilians
/// are medium, all else is low. All but protests and riots are military.</item>
/// <item>A row of the feed of deletions (<c>deleted_timestamp</c>) cancels.</item>
/// <item>The size of a crowd stands in the notes or tags: "size=no report" is none, and gives no attribute <c>size</c>.</item>
/// <item><c>actor1</c> and <c>actor2</c> are actors where they are named groups, not civilians, protesters, rioters or unidentified ones. How exact
/// place and time are is told by the attributes <c>geo_precision</c> and <c>time_precision</c>.</item>
/// </list>
/// </summary>
internal sealed class AcledFormat : JsonFormat
{
    private static readonly FrozenSet<string> Mapped = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "event_id_cnty", "event_date", "notes", "location", "latitude", "longitude", "country", "iso", "iso3", "fatalities", "timestamp",
        "deleted_timestamp");

    private static readonly string[] Dates =
        ["yyyy-MM-dd", "d-MMM-yy", "d-MMM-yyyy", "d-MMMM-yyyy", "d MMMM yyyy", "d MMM yyyy", "M/d/yyyy", "M/d/yy"];

    private static readonly string[] Unnamed = ["Civilians", "Protesters", "Rioters", "Unidentified", "Unarmed"];

    /// <summary>Names that ACLED gives to countries, besides ours.</summary>
    private static readonly FrozenDictionary<string, string> CountryNames = Countries.All.Where(country => country.To is null)
        .Select(country => (country.Name, country.Code))
        .Concat(
        [
            ("Democratic Republic of Congo", "CD"), ("Republic of Congo", "CG"), ("Congo", "CG"), ("Cote d'Ivoire", "CI"), ("Cape Verde", "CV"), ("Swaziland", "SZ"),
            ("Turkey", "TR"), ("Czech Republic", "CZ"), ("Macedonia", "MK"), ("East Timor", "TL"), ("Burma", "MM"), ("Macau", "MO"), ("Reunion", "RE"), ("Curacao", "CW"),
            ("Sao Tome and Principe", "ST"), ("Saint-Barthelemy", "BL"), ("Saint-Martin", "MF"), ("Bailiwick of Guernsey", "GG"), ("Bailiwick of Jersey", "JE"),
            ("Saint Helena, Ascension and Tristan da Cunha", "SH"), ("Virgin Islands, U.S.", "VI"), ("Aland Islands", "AX"),
        ])
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);

    public override string Name => "acled";

    public override IReadOnlyList<string> ContentTypes => ["text/csv", "application/csv", "text/tab-separated-values", "application/json", "text/json"];

    public override bool ReadsAnyCharset => true;

    public override string Example =>
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,location,latitude,longitude,geo_precision,source,notes,fatalities\r\n"
        + "MLI101,21 November 2026,1,Battles,Armed clash,Example Front,Military Forces of Mali,466,Mali,Kidal,18.4411,1.4078,1,Example News,\"Shots were heard, two soldiers died.\",2\r\n";

    protected override string[] Lists => ["data"];

    public override bool Recognises(BodySample sample)
    {
        var first = sample.FirstLine;
        return (first.Contains("event_id_cnty", StringComparison.OrdinalIgnoreCase)
                && (first.Contains("event_date", StringComparison.OrdinalIgnoreCase) || first.Contains("deleted_timestamp", StringComparison.OrdinalIgnoreCase)))
            || sample.Has("data[].event_id_cnty") || sample.Has("[].event_id_cnty") || sample.Has("event_id_cnty");
    }

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits) =>
        IsJson(document.Bytes.Span) ? base.Read(document, limits) : Table.Read(document, limits, FaultOf, Map);

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        Map(name => item.Text(name), report);
        foreach (var member in item.EnumerateObject())
            if (!Mapped.Contains(member.Name)) report.Attribute(member.Name, member.Value.Kept());
    }

    private static void Map(TableRow row, ReportBuilder report)
    {
        Map(name => row[name], report);
        for (var place = 0; place < row.Header.Names.Count; place++)
        {
            // A column without a name counts the rows of the export.
            var name = row.Header.Names[place].ToLowerInvariant();
            if (name.Length > 0 && !Mapped.Contains(name)) report.Attribute(name, row[place]);
        }
    }

    private static FormatProblem? FaultOf(TableHeader header) =>
        (header.Has("event_id_cnty") || header.Has("data_id")) && (header.Has("event_date") || header.Has("deleted_timestamp"))
            ? null
            : new FormatProblem("", "columns event_id_cnty and event_date, or deleted_timestamp", string.Join(", ", header.Names), Line: 1);

    private static void Map(Func<string, string?> field, ReportBuilder report)
    {
        report.ExternalId = field("event_id_cnty") ?? field("data_id");
        if (report.ExternalId is null) report.Problem("event_id_cnty", "the event's id", "");
        if (field("deleted_timestamp") is { } deleted)
        {
            report.Action = ReportAction.Cancel;
            report.Title = $"{report.ExternalId} was deleted";
            report.PublishedAt = double.TryParse(deleted, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? FeedTimes.OfEpoch(seconds) : FeedTimes.OfIso(deleted);
            return;
        }
        var (kind, location, country) = (field("sub_event_type") ?? field("event_type"), field("location"), field("country"));
        var where = string.Join(", ", new[] { location, country }.OfType<string>().Distinct());
        report.Title = where.Length == 0 ? kind : $"{kind ?? "Event"}: {where}";
        report.Text = field("notes");
        report.OccurredAt = DateOf(field("event_date"), report);
        var code = IsoNumbers.ToAlpha2(field("iso")) ?? CountryCodes.OfAlpha3(field("iso3")) ?? (country is null ? null : CountryNames.GetValueOrDefault(country));
        report.Place(location ?? country, code, NumberOf(field, "latitude", report), NumberOf(field, "longitude", report));
        report.Country(code);
        if (code is null) report.Attribute("country", country);
        report.Attribute("size", SizeIn(field("tags")) ?? SizeIn(field("notes")));
        Judge(field("event_type"), NumberOf(field, "fatalities", report), report);
        report.Attribute("fatalities", field("fatalities"));
        foreach (var actor in new[] { field("actor1"), field("actor2") })
            if (actor is not null && !Unnamed.Any(unnamed => actor.StartsWith(unnamed, StringComparison.OrdinalIgnoreCase))) report.Actor(actor);
    }

    private static void Judge(string? kind, double? fatalities, ReportBuilder report)
    {
        bool Is(string word) => kind?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
        report.Severity = fatalities switch
        {
            >= 50 => Severity.Critical,
            >= 1 => Severity.High,
            _ => Is("battle") || Is("explosion") || Is("remote violence") || Is("against civilians") ? Severity.Medium : Severity.Low,
        };
        if (!Is("protest") && !Is("riot")) report.Domain(Domain.Military);
    }

    private static DateTimeOffset? DateOf(string? text, ReportBuilder report)
    {
        if (DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return date;
        report.Problem("event_date", "a date such as 2020-05-09, 9-May-20, 09 May 2020 or 5/9/2020", text ?? "");
        return null;
    }

    private static double? NumberOf(Func<string, string?> field, string name, ReportBuilder report)
    {
        if (field(name) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        report.Problem(name, "a number", text);
        return null;
    }

    /// <summary>What follows "size=" in a tag of the notes, in brackets, or in the tags, which are divided by semicolons.</summary>
    private static string? SizeIn(string? text)
    {
        const string size = "size=";
        var at = text?.IndexOf(size, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0) return null;
        var said = text!.AsSpan(at + size.Length);
        var end = said.IndexOfAny(';', ']');
        said = (end < 0 ? said : said[..end]).Trim();
        return said.Equals("no report", StringComparison.OrdinalIgnoreCase) ? null : said.ToString();
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes) =>
        (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
}
