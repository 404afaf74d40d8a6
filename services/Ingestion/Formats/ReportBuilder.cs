using System.Buffers;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
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
    private static readonly Place Nowhere = new();
    private static readonly SearchValues<char> Alphanumeric = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Most reports have few of these, and there are many reports.
    private List<FormatProblem>? problems;
    private List<string>? references;
    private List<Place>? places;
    private List<Domain>? domains;
    private List<string>? countries;
    private List<string>? actors;
    private List<KeyValuePair<string, string>>? attributes;
    private int surplus;

    /// <summary>Without one, the report is named by a digest of its content; one that is too long is named by its own digest.</summary>
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

    public IReadOnlyList<Place> Places => places ?? (IReadOnlyList<Place>)[];

    public void Problem(string pointer, string expected, string found) => (problems ??= []).Add(new FormatProblem(pointer, expected, JsonText.Quote(found)));

    public void Problem(FormatProblem problem) => (problems ??= []).Add(problem);

    /// <summary>What the item can't be understood without is not there.</summary>
    public void Missing(string pointer, string expected) => (problems ??= []).Add(new FormatProblem(pointer, expected, "nothing"));

    public void Reference(string? externalId)
    {
        if (NameOf(externalId) is { } name && references?.Contains(name) != true) AddWithin(ref references, name, ReportLimits.References);
    }

    public void Domain(Domain domain)
    {
        if (domains?.Contains(domain) != true) (domains ??= []).Add(domain);
    }

    /// <param name="code">An alpha-2 code of ISO 3166-1; what is none is passed over.</param>
    public void Country(string? code)
    {
        if (Known(code) is { } country && countries?.Contains(country) != true) AddWithin(ref countries, country, ReportLimits.Countries);
    }

    public void Actor(string? name)
    {
        if (Clean(name, ReportLimits.ActorName) is { } actor && actors?.Contains(actor) != true) AddWithin(ref actors, actor, ReportLimits.Actors);
    }

    /// <summary>Adds a place, unless nothing is known of it. Coordinates that are not on the earth are none.</summary>
    public void Place(string? name, string? country = null, double? lat = null, double? lon = null)
    {
        var isOnEarth = lat is >= -90 and <= 90 && lon is >= -180 and <= 180;
        var place = new Place { Name = Clean(name, ReportLimits.PlaceName), Country = Known(country), Lat = isOnEarth ? lat : null, Lon = isOnEarth ? lon : null };
        if (place != Nowhere && places?.Contains(place) != true) AddWithin(ref places, place, ReportLimits.Places);
    }

    /// <summary>Keeps what the report has no field for. Several values under one name are put together by commas.</summary>
    public void Attribute(string name, string? value)
    {
        if (Clean(value, ReportLimits.AttributeValue) is not { } kept) return;
        name = Cut(Bare(name), ReportLimits.AttributeName);
        attributes ??= [];
        // One name is spared for telling how many there were too many.
        if (IndexOf(name) is >= 0 and var index) attributes[index] = new(name, Cut($"{attributes[index].Value}, {kept}", ReportLimits.AttributeValue));
        else if (attributes.Count < ReportLimits.Attributes - 1) attributes.Add(new(name, kept));
        else surplus++;
    }

    public bool HasAttribute(string name) => IndexOf(name) >= 0;

    public void Attribute(string name, double? value) => Attribute(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <param name="index">The item's place in the body.</param>
    /// <param name="raw">Its own bytes.</param>
    public FeedItem Build(int index, byte[] raw)
    {
        var report = Report();
        return problems is null ? new FeedItem { Index = index, Raw = raw, Report = report } : new FeedItem { Index = index, Raw = raw, Problems = problems };
    }

    private Report? Report()
    {
        var (name, title, text) = (NameOf(ExternalId), Clean(Title, ReportLimits.Title), Clean(Text, ReportLimits.Text));
        if (title is null && text is null && problems is null) (problems ??= []).Add(new FormatProblem("", "a title or a text", "neither"));
        if (problems is not null) return null;
        var url = AcceptUrl(Clean(Url, int.MaxValue));
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
            References = references ?? (IReadOnlyList<string>)[],
            Places = Places,
            Hints = domains is null && countries is null && actors is null && Severity is null ? null : new Hints
            {
                Domains = domains ?? (IReadOnlyList<Domain>)[],
                Severity = Severity,
                Countries = countries ?? (IReadOnlyList<string>)[],
                Actors = actors ?? (IReadOnlyList<string>)[],
            },
            Marking = Marking,
            Attributes = Attributes(),
        };
        return name is null ? ReportDigest.Name(report) : report;
    }

    private string? NameOf(string? name)
    {
        name = Clean(name, int.MaxValue);
        return name is null or { Length: <= ReportLimits.ExternalId } ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }

    /// <summary>In the order of their names, which does not depend on the item's.</summary>
    private IReadOnlyDictionary<string, string> Attributes()
    {
        if (surplus > 0) (attributes ??= []).Add(new("attributesLeftOut", surplus.ToString(CultureInfo.InvariantCulture)));
        if (attributes is null) return ReadOnlyDictionary<string, string>.Empty;
        attributes.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        var ordered = new Dictionary<string, string>(attributes.Count, StringComparer.Ordinal);
        foreach (var (name, value) in attributes) ordered[name] = value;
        return ordered;
    }

    private int IndexOf(string name)
    {
        for (var index = 0; index < attributes?.Count; index++)
            if (attributes[index].Key == name) return index;
        return -1;
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
        if (language is null) return null;
        foreach (var subtag in language.AsSpan().Split('-'))
            if (language.AsSpan()[subtag] is not { Length: >= 1 and <= 8 } tag || tag.ContainsAnyExcept(Alphanumeric)) return null;
        return language;
    }

    private static string? Known(string? code) => code?.Trim().ToUpperInvariant() is { Length: 2 } country && Countries.IsKnown(country) ? country : null;

    private void AddWithin<T>(ref List<T>? list, T value, int atMost)
    {
        list ??= [];
        if (list.Count < atMost) list.Add(value);
        else surplus++;
    }

    /// <summary>Without white space around it; <c>null</c> where nothing is left.</summary>
    private string? Clean(string? text, int characters)
    {
        if (text is null) return null;
        text = Bare(text).Trim();
        return text.Length == 0 ? null : Cut(text, characters);
    }

    private string Bare(string text)
    {
        if (text.Contains('\0')) (problems ??= []).Add(new FormatProblem("", "Unicode text without U+0000", "U+0000"));
        return text;
    }

    /// <summary>A text that is no longer than it may be, cut never between the halves of a surrogate pair.</summary>
    public static string Cut(string text, int characters)
    {
        if (text.Length <= characters) return text;
        var end = characters - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
