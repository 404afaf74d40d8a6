using System.Globalization;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Gdelt;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Event tables of GDELT 2.0 and 1.0 (The GDELT Event Database, Data Format Codebook 2.0), without a header and by tabs. Thousands of rows come
/// of a few hundred articles: the rows of one <c>SOURCEURL</c> are one report, named by that address; a row without an address is named by its
/// <c>GLOBALEVENTID</c>. Mentions and knowledge graphs are refused.
/// <list type="bullet">
/// <item>There is no text. The title is made of the event, actors and place of the leading row: a root event before others, then the most
/// mentions, then the lowest Goldstein figure.</item>
/// <item>It occurs on <c>SQLDATE</c> of that row, and is published at the first <c>DATEADDED</c>.</item>
/// <item>Places are where the action is (<c>ActionGeo</c>, country codes by <see cref="FipsCodes"/>), those of the leading row first. Of a whole
/// country the coordinates are its middle, and left out. Rows may have no place.</item>
/// <item>Severity of the leading row: material conflict (<c>QuadClass</c> 4) is medium down from −9 of Goldstein, else low; all else is info, and
/// nothing is more than medium, for it is what a machine made of one article. Fights and mass violence (CAMEO 19, 20) are military.</item>
/// </list>
/// </summary>
internal sealed class GdeltFormat : DocumentFormat
{
    private const int Mentions = 16;

    public override string Name => "gdelt";

    public override IReadOnlyList<string> ContentTypes => ["text/tab-separated-values", "text/csv", "application/csv"];

    public override string Example =>
        "900000001\t20261121\t202611\t2026\t2026.8877\tMIL\tARMY\t\t\t\t\t\tMIL\t\t\tREB\tREBEL\t\t\t\t\t\tREB\t\t\t1\t190\t190\t19\t4\t-10.0\t9\t2\t9\t-6.2"
        + "\t0\t\t\t\t\t\t\t\t0\t\t\t\t\t\t\t\t4\tKidal, Kidal, Mali\tML\tML10\t\t18.4411\t1.40778\t-1\t20261122080000\thttps://news.example/kidal\n";

    /// <summary>Also of GDELT's other tables, to say what they are.</summary>
    public override bool Recognises(BodySample sample)
    {
        var fields = sample.FirstLine.Split('\t');
        return fields[0].Equals("GLOBALEVENTID", StringComparison.OrdinalIgnoreCase)
            || (GdeltEvent.IsColumnCount(fields.Length) && IsNumber(fields[0]) && IsNumber(fields[1], 8))
            || OtherTable(fields) is not null;
    }

    protected override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        if (FaultOf(document.Bytes.Span) is { } fault)
        {
            yield return document.Break(index: 0, start: 0, fault, limits);
            yield break;
        }
        var articles = GdeltArticles.In(document.Bytes.Span, limits);
        for (var index = 0; index < articles.Count; index++) yield return Item(document.Bytes.Span, articles[index], index, limits);
    }

    private static FormatProblem? FaultOf(ReadOnlySpan<byte> table)
    {
        const string expected = $"a table of events of {GdeltEvent.ColumnCounts} columns by tabs";
        var end = table.IndexOf((byte)'\n');
        var first = end < 0 ? table : table[..end];
        if (first.Trim("\uFEFF \t\r"u8).IsEmpty) return new FormatProblem("", expected, "nothing", Line: 1);
        if (GdeltArticles.IsHeader(first)) return null;
        return OtherTable(Encoding.UTF8.GetString(first[..Math.Min(first.Length, BodySample.Bytes)]).Split('\t')) is { } other ? new FormatProblem("", expected, other, Line: 1) : null;
    }

    private static string? OtherTable(string[] fields) => fields.Length switch
    {
        Mentions when IsNumber(fields[0]) && IsNumber(fields[1], 14) && IsNumber(fields[2], 14) => "one of mentions",
        27 when IsNumber(fields[1], 14) && fields[0].Contains('-') => "a knowledge graph (GKG 2)",
        11 when fields[0] == "DATE" || (IsNumber(fields[0], 8) && IsNumber(fields[1])) => "a knowledge graph (GKG 1)",
        15 when fields[0] == "DATE" || (IsNumber(fields[0], 8) && IsNumber(fields[1]) && IsNumber(fields[3])) => "the counts of a knowledge graph (GKG 1)",
        _ => null,
    };

    private static FeedItem Item(ReadOnlySpan<byte> table, GdeltArticle article, int index, FormatLimits limits)
    {
        var raw = new MemoryStream();
        foreach (var row in article.Rows)
        {
            raw.Write(table[row]);
            raw.WriteByte((byte)'\n');
        }
        var bytes = raw.ToArray();
        if (bytes.Length > limits.ItemBytes)
        {
            var problem = article.Problem ?? new FormatProblem("", $"rows of at most {limits.ItemBytes} bytes for one article", $"{bytes.Length}", Line: article.Line);
            return new FeedItem { Index = index, Raw = bytes[..limits.ItemBytes], IsTruncated = true, Problems = [problem] };
        }
        if (article.Problem is { } found) return new FeedItem { Index = index, Raw = bytes, Problems = [found] };
        var events = new List<GdeltEvent>(article.Rows.Count);
        foreach (var row in article.Rows) events.Add(new GdeltEvent(Encoding.UTF8.GetString(table[row]).Split('\t')));
        var report = new ReportBuilder();
        Map(events, report);
        var item = report.Build(index, bytes);
        return item.Problems.Count == 0 ? item : item with { Problems = [.. item.Problems.Select(problem => problem with { Line = article.Line })] };
    }

    private static void Map(List<GdeltEvent> events, ReportBuilder report)
    {
        var lead = events[0];
        foreach (var other in events)
            if (other.LeadsBefore(lead)) lead = other;
        var isArticle = Uri.TryCreate(lead.Source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        report.ExternalId = isArticle ? lead.Source : lead.Id;
        report.Url = lead.Source;
        report.Title = TitleOf(lead);
        report.OccurredAt = FeedTimes.OfIso(lead.Date);
        if (report.OccurredAt is null) report.Problem("SQLDATE", "a date as YYYYMMDD", lead.Date);
        report.Severity = lead.QuadClass != "4" ? Severity.Info : lead.Goldstein <= -9 ? Severity.Medium : Severity.Low;
        if (lead.RootCode is "19" or "20") report.Domain(Domain.Military);
        MapCountry(lead.Actor1, report);
        MapCountry(lead.Actor2, report);
        MapPlace(lead, report);
        foreach (var row in events)
        {
            if (!IsNumber(row.Id)) report.Problem("GLOBALEVENTID", "a number", row.Id);
            var added = FeedTimes.OfIso(row.Added);
            if (added is null) report.Problem("DATEADDED", "a time as YYYYMMDDHHMMSS, or a date as YYYYMMDD", row.Added);
            if (report.PublishedAt is null || added < report.PublishedAt) report.PublishedAt = added;
            MapPlace(row, report);
            MapGroup(row.Actor1, report);
            MapGroup(row.Actor2, report);
            report.Attribute("GLOBALEVENTID", row.Id);
            report.Attribute("EventCode", row.Code);
        }
        KeepLead(lead, report);
    }

    private static string TitleOf(GdeltEvent lead)
    {
        var title = new StringBuilder(Cameo.NameOf(lead.RootCode));
        var (first, second) = (Spoken(lead.Actor1.Name), Spoken(lead.Actor2.Name));
        if (first.Length + second.Length > 0) title.Append(": ");
        title.Append(first);
        if (second.Length > 0 && second != first) title.Append(first.Length == 0 ? "" : lead.QuadClass is "3" or "4" ? " vs " : ", ").Append(second);
        if (lead.PlaceName.Length > 0) title.Append(" (").Append(lead.PlaceName).Append(')');
        return title.ToString();
    }

    private static string Spoken(string capitals) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(capitals.Trim().ToLowerInvariant());

    private static void MapCountry(GdeltActor actor, ReportBuilder report) => report.Country(CountryCodes.OfAlpha3(actor.Country));

    private static void MapGroup(GdeltActor actor, ReportBuilder report)
    {
        if (actor.IsKnownGroup) report.Actor(Spoken(actor.Name));
    }

    private static void MapPlace(GdeltEvent row, ReportBuilder report)
    {
        var isWholeCountry = row.PlaceType == "1";
        var country = FipsCodes.ToIso(row.PlaceCountry);
        report.Place(row.PlaceName, country, isWholeCountry ? null : row.Lat, isWholeCountry ? null : row.Lon);
        report.Country(country);
    }

    private static void KeepLead(GdeltEvent lead, ReportBuilder report)
    {
        report.Attribute("QuadClass", lead.QuadClass);
        report.Attribute("GoldsteinScale", lead.Goldstein);
        report.Attribute("NumMentions", lead.Mentions);
        report.Attribute("NumSources", lead.Sources);
        report.Attribute("NumArticles", lead.Articles);
        report.Attribute("AvgTone", lead.Tone);
        report.Attribute("Actor1Code", lead.Actor1.Code);
        report.Attribute("Actor1Name", lead.Actor1.Name);
        report.Attribute("Actor2Code", lead.Actor2.Code);
        report.Attribute("Actor2Name", lead.Actor2.Name);
        report.Attribute("ActionGeo_Type", lead.PlaceType);
        report.Attribute("ActionGeo_ADM1Code", lead.PlaceRegion);
        report.Attribute("ActionGeo_FeatureID", lead.PlaceFeature);
    }

    private static bool IsNumber(string text, int? digits = null) => text.Length > 0 && (digits ?? text.Length) == text.Length && text.All(char.IsAsciiDigit);
}
