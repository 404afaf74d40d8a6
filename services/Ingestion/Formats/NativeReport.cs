using System.Collections.ObjectModel;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>Reads one report in the system's own JSON.</summary>
internal ref struct NativeReport
{
    private const string Date = "a date-time with its offset (RFC 3339), such as 2026-11-22T08:00:00Z";

    private static readonly JsonMembers Members = new(
        "externalId", "title", "text", "occurredAt", "publishedAt", "expiresAt", "url", "language", "status", "action", "references", "places",
        "hints", "marking", "attributes");

    private static readonly JsonMembers PlaceMembers = new("name", "country", "lat", "lon");
    private static readonly JsonMembers HintMembers = new("domains", "severity", "countries", "actors");
    private static readonly JsonMembers MarkingMembers = new("tlp", "releasableTo");

    private JsonFields fields;

    private NativeReport(ReadOnlySpan<byte> bytes, FormatLimits limits) => fields = new JsonFields(bytes, limits.Depth);

    /// <summary>Reads an item into a report, or into what is wrong with it.</summary>
    /// <param name="frame">The item.</param>
    /// <param name="limits">Its bounds.</param>
    /// <param name="nameless">What a report is named that has no name of its own; otherwise by a digest of its content.</param>
    public static FeedItem Parse(JsonFrame frame, FormatLimits limits, string? nameless = null)
    {
        var raw = frame.Bytes;
        if (frame.IsTruncated) return Refused(frame, new FormatProblem("", $"an item of at most {limits.ItemBytes} bytes", "a longer one", frame.Position));
        try
        {
            var reader = new NativeReport(raw, limits);
            var report = reader.Read(nameless);
            return new FeedItem { Index = frame.Index, Raw = raw, Report = reader.fields.Problems.Count == 0 ? report : null, Problems = reader.fields.Problems };
        }
        catch (JsonException failure)
        {
            var position = frame.Position + JsonText.PositionOf(failure, raw);
            if (JsonCutter.DepthOf(raw) > limits.Depth)
                return Refused(frame, new FormatProblem("", $"arrays and objects at most {limits.Depth} deep", "deeper ones", position));
            var at = (int)(position - frame.Position);
            var found = at < raw.Length ? JsonText.Describe(raw[at]) : "the end of the item";
            return Refused(frame, new FormatProblem("", "JSON (RFC 8259)", found, position)) with { IsBreak = true };
        }
    }

    private static FeedItem Refused(JsonFrame frame, FormatProblem problem) =>
        new() { Index = frame.Index, Raw = frame.Bytes, IsTruncated = frame.IsTruncated, Problems = [problem] };

    private Report? Read(string? nameless)
    {
        if (!fields.Open("", "an object, the report")) return null;
        string? externalId = nameless, title = null, text = null, url = null, language = null;
        DateTimeOffset? occurredAt = null, publishedAt = null, expiresAt = null;
        var (status, action) = (ReportStatus.Actual, ReportAction.New);
        List<string>? references = null;
        List<Place>? places = null;
        Hints? hints = null;
        Marking? marking = null;
        var seen = 0u;
        while (fields.Next(Members, ref seen) is { } member)
        {
            switch (member)
            {
                case "externalId": externalId = fields.Text(member, ReportLimits.ExternalId, isName: true); break;
                case "title": title = fields.Text(member, ReportLimits.Title); break;
                case "text": text = fields.Text(member, ReportLimits.Text); break;
                case "occurredAt": occurredAt = Time(member); break;
                case "publishedAt": publishedAt = Time(member); break;
                case "expiresAt": expiresAt = Time(member); break;
                case "url": url = Url(member); break;
                case "language": language = Language(member); break;
                case "status": status = fields.Enumeration<ReportStatus>(member) ?? status; break;
                case "action": action = fields.Enumeration<ReportAction>(member) ?? action; break;
                case "references": references = fields.Names(member, ReportLimits.References, ReportLimits.ExternalId); break;
                case "places": places = Places(member); break;
                case "hints": hints = ReadHints(member); break;
                case "marking": marking = ReadMarking(member); break;
                case "attributes": fields.Attributes(member); break;
            }
        }
        fields.Close();
        if (title is null && text is null && !fields.HasProblemAt("title", "text")) fields.Problem("title", "a title or a text", "neither");
        var attributes = fields.TakeAttributes();
        if (fields.Problems.Count > 0) return null;
        var report = new Report
        {
            ExternalId = externalId ?? "",
            Title = title,
            Text = text,
            OccurredAt = occurredAt,
            PublishedAt = publishedAt,
            ExpiresAt = expiresAt,
            Url = url,
            Language = language,
            Status = status,
            Action = action,
            References = references ?? (IReadOnlyList<string>)[],
            Places = places ?? (IReadOnlyList<Place>)[],
            Hints = hints,
            Marking = marking,
            Attributes = attributes ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty,
        };
        return externalId is null ? ReportDigest.Name(report) : report;
    }

    private List<Place>? Places(string member)
    {
        if (!fields.OpenList(member)) return null;
        var places = new List<Place>();
        var count = 0;
        var outer = fields.Enter(member);
        for (; fields.NextElement(); count++)
        {
            var list = fields.Enter(fields.ElementName(count));
            if (fields.Open("", "an object, the place") && ReadPlace() is { } place && places.Count < ReportLimits.Places) places.Add(place);
            fields.Leave(list);
        }
        fields.Leave(outer);
        if (count > ReportLimits.Places) fields.Problem(member, $"at most {ReportLimits.Places} places", $"{count}");
        return places;
    }

    private Place ReadPlace()
    {
        var place = new Place();
        var seen = 0u;
        while (fields.Next(PlaceMembers, ref seen) is { } member)
        {
            place = member switch
            {
                "name" => place with { Name = fields.Text(member, ReportLimits.PlaceName) },
                "country" => place with { Country = Country(member) },
                "lat" => place with { Lat = fields.Number(member, from: -90, to: 90, "a latitude from -90 to 90") },
                _ => place with { Lon = fields.Number(member, from: -180, to: 180, "a longitude from -180 to 180") },
            };
        }
        if (place.Lat is null != place.Lon is null && !fields.HasProblemAt("lat", "lon"))
            fields.Problem(place.Lat is null ? "lat" : "lon", "latitude and longitude, or neither", "only one of them");
        return place;
    }

    private Hints? ReadHints(string member)
    {
        if (!fields.Open(member, "an object")) return null;
        var outer = fields.Enter(member);
        var hints = new Hints();
        var seen = 0u;
        while (fields.Next(HintMembers, ref seen) is { } hint)
        {
            hints = hint switch
            {
                "domains" => hints with { Domains = Domains(hint) },
                "severity" => hints with { Severity = fields.Enumeration<Severity>(hint) },
                "countries" => hints with { Countries = Countries(hint) },
                _ => hints with { Actors = fields.Names(hint, ReportLimits.Actors, ReportLimits.ActorName) },
            };
        }
        fields.Leave(outer);
        return hints;
    }

    private Marking? ReadMarking(string member)
    {
        if (!fields.Open(member, "an object")) return null;
        var outer = fields.Enter(member);
        var marking = new Marking();
        var seen = 0u;
        while (fields.Next(MarkingMembers, ref seen) is { } label)
        {
            marking = label == "tlp"
                ? marking with { Tlp = fields.Enumeration<Tlp>(label) ?? Tlp.Clear }
                : marking with { ReleasableTo = fields.Names(label, ReportLimits.ReleasableTo, ReportLimits.Audience) };
        }
        fields.Leave(outer);
        return marking;
    }

    private List<Domain> Domains(string member)
    {
        var domains = new List<Domain>();
        if (!fields.OpenList(member)) return domains;
        var outer = fields.Enter(member);
        for (var index = 0; fields.NextElement(); index++)
            if (fields.Enumeration<Domain>(fields.ElementName(index)) is { } domain && !domains.Contains(domain)) domains.Add(domain);
        fields.Leave(outer);
        return domains;
    }

    private List<string> Countries(string member)
    {
        var countries = new List<string>();
        if (!fields.OpenList(member)) return countries;
        var outer = fields.Enter(member);
        var count = 0;
        for (; fields.NextElement(); count++)
            if (Country(fields.ElementName(count)) is { } country && !countries.Contains(country) && countries.Count < ReportLimits.Countries) countries.Add(country);
        fields.Leave(outer);
        if (count > ReportLimits.Countries) fields.Problem(member, $"at most {ReportLimits.Countries} countries", $"{count}");
        return countries;
    }

    private DateTimeOffset? Time(string member)
    {
        if (!fields.IsText(member)) return null;
        if (Rfc3339.TryParse(fields.Raw, out var time)) return time;
        fields.Problem(member, Date, fields.Quoted());
        return null;
    }

    private string? Country(string member)
    {
        if (!fields.IsText(member)) return null;
        if (fields.Raw is [>= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z']) return CountryCodes.Of(fields.Raw);
        fields.Problem(member, "two letters of ISO 3166-1, upper case", fields.Quoted());
        return null;
    }

    private string? Url(string member)
    {
        var url = fields.Text(member, ReportLimits.Url);
        if (url is null || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")) return url;
        fields.Problem(member, "an absolute http or https address", JsonText.Quote(url));
        return null;
    }

    private string? Language(string member)
    {
        var language = fields.Text(member, ReportLimits.Language);
        if (language is null || language.Split('-').All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit))) return language;
        fields.Problem(member, "a language tag (BCP 47)", JsonText.Quote(language));
        return null;
    }
}
