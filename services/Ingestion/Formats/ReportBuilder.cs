using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;
using Monitoring.World;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Gathers a report from what a format says. Texts that are longer than a report holds are cut, for a feed can't be asked to say less;
/// what would change the meaning, such as an unknown status, is a problem of the item.
/// </summary>
internal sealed class ReportBuilder
{
    private readonly List<FormatProblem> problems = [];
    private readonly List<string> references = [];
    private readonly List<Place> places = [];
    private readonly List<Domain> domains = [];
    private readonly List<string> countries = [];
    private readonly List<string> actors = [];
    private readonly SortedDictionary<string, string> attributes = new(StringComparer.Ordinal);
    private int surplus;

    /// <summary>Without one, the report is named by a digest of its content.</summary>
    public string? ExternalId { get; set; }
    public string? Title { get; set; }
    public string? Text { get; set; }
    public DateTimeOffset? OccurredAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    /// <summary>Anything but an absolute http or https address goes to the attributes.</summary>
    public string? Url { get; set; }
    /// <summary>Anything but a language tag (BCP 47) is passed over.</summary>
    public string? Language { get; set; }
    public ReportStatus Status { get; set; }
    public ReportAction Action { get; set; }
    public Severity? Severity { get; set; }
    public Marking? Marking { get; set; }

    public IReadOnlyList<Place> Places => places;

    public void Problem(string pointer, string expected, string found) => problems.Add(new FormatProblem(pointer, expected, JsonText.Quote(found)));

    public void Reference(string? externalId)
    {
        if (Clean(externalId, ReportLimits.ExternalId) is { } name && !references.Contains(name)) AddWithin(references, name, ReportLimits.References);
    }

    public void Domain(Domain domain)
    {
        if (!domains.Contains(domain)) domains.Add(domain);
    }

    /// <param name="code">An alpha-2 code of ISO 3166-1; what is none is passed over.</param>
    public void Country(string? code)
    {
        if (Known(code) is { } country && !countries.Contains(country)) AddWithin(countries, country, ReportLimits.Countries);
    }

    public void Actor(string? name)
    {
        if (Clean(name, ReportLimits.ActorName) is { } actor && !actors.Contains(actor)) AddWithin(actors, actor, ReportLimits.Actors);
    }

    /// <summary>Adds a place, unless nothing is known of it. Coordinates that are not on the earth are none.</summary>
    public void Place(string? name, string? country = null, double? lat = null, double? lon = null)
    {
        var isOnEarth = lat is >= -90 and <= 90 && lon is >= -180 and <= 180;
        var place = new Place { Name = Clean(name, ReportLimits.PlaceName), Country = Known(country), Lat = isOnEarth ? lat : null, Lon = isOnEarth ? lon : null };
        if (place != new Place() && !places.Contains(place)) AddWithin(places, place, ReportLimits.Places);
    }

    /// <summary>Keeps what the report has no field for. Several values under one name are put together by commas.</summary>
    public void Attribute(string name, string? value)
    {
        if (Clean(value, ReportLimits.AttributeValue) is not { } kept) return;
        name = Cut(name, ReportLimits.AttributeName);
        if (attributes.TryGetValue(name, out var before)) attributes[name] = Cut($"{before}, {kept}", ReportLimits.AttributeValue);
        // One name is spared for telling how many there were too many.
        else if (attributes.Count < ReportLimits.Attributes - 1) attributes.Add(name, kept);
        else surplus++;
    }

    public bool HasAttribute(string name) => attributes.ContainsKey(name);

    public void Attribute(string name, double? value) => Attribute(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <param name="index">The item's place in the body.</param>
    /// <param name="raw">Its own bytes.</param>
    public FeedItem Build(int index, byte[] raw)
    {
        var report = Report();
        return new FeedItem { Index = index, Raw = raw, Report = problems.Count == 0 ? report : null, Problems = problems };
    }

    private Report? Report()
    {
        var (name, title, text) = (Clean(ExternalId, int.MaxValue), Clean(Title, ReportLimits.Title), Clean(Text, ReportLimits.Text));
        if (name?.Length > ReportLimits.ExternalId) problems.Add(new FormatProblem("id", $"at most {ReportLimits.ExternalId} characters", $"{name.Length}"));
        if (title is null && text is null && problems.Count == 0) problems.Add(new FormatProblem("", "a title or a text", "neither"));
        if (problems.Count > 0) return null;
        var url = AcceptUrl(Clean(Url, int.MaxValue));
        if (surplus > 0) attributes["attributesLeftOut"] = surplus.ToString(CultureInfo.InvariantCulture);
        var report = new Report
        {
            ExternalId = name ?? "",
            Title = title,
            Text = text,
            OccurredAt = OccurredAt?.ToUniversalTime(),
            PublishedAt = PublishedAt?.ToUniversalTime(),
            ExpiresAt = ExpiresAt?.ToUniversalTime(),
            Url = url,
            Language = AcceptLanguage(Clean(Language, ReportLimits.Language)),
            Status = Status,
            Action = Action,
            References = references,
            Places = places,
            Hints = domains.Count + countries.Count + actors.Count > 0 || Severity is not null
                ? new Hints { Domains = domains, Severity = Severity, Countries = countries, Actors = actors }
                : null,
            Marking = Marking,
            Attributes = attributes,
        };
        return name is null ? ReportDigest.Name(report) : report;
    }

    private string? AcceptUrl(string? url)
    {
        if (url is null) return null;
        if (url.Length <= ReportLimits.Url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") return url;
        Attribute("url", url);
        return null;
    }

    private static string? AcceptLanguage(string? language)
    {
        language = language?.Replace('_', '-');
        return language is not null && language.Split('-').All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit)) ? language : null;
    }

    private static string? Known(string? code) => code?.Trim().ToUpperInvariant() is { Length: 2 } country && Countries.IsKnown(country) ? country : null;

    private void AddWithin<T>(List<T> list, T value, int atMost)
    {
        if (list.Count < atMost) list.Add(value);
        else surplus++;
    }

    /// <summary>Without white space around it; <c>null</c> where nothing is left.</summary>
    private string? Clean(string? text, int characters)
    {
        if (text is null) return null;
        if (text.Contains('\0')) problems.Add(new FormatProblem("", "Unicode text without U+0000", "U+0000"));
        text = text.Trim();
        return text.Length == 0 ? null : Cut(text, characters);
    }

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        var end = characters - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
