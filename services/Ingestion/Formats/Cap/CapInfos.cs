using System.Text;
using System.Xml.Linq;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Cap;

/// <summary>
/// Maps the <c>info</c> elements of an alert (CAP 1.2, section 3.2.2). Those of one language tell of several areas or hazards, and are
/// told as one: the first titles it, the worst weighs it. Those of other languages say the same again: their words are kept as attributes.
/// </summary>
internal static class CapInfos
{
    private static readonly string[] Words = ["headline", "event", "description", "instruction"];
    private static readonly string[] Kept = ["category", "responseType", "urgency", "severity", "certainty", "audience", "senderName", "contact"];

    public static void Map(List<XElement> infos, ReportBuilder report)
    {
        if (infos.Count == 0) return;
        var main = infos.Find(info => LanguageOf(info)?.StartsWith("en", StringComparison.OrdinalIgnoreCase) is true) ?? infos[0];
        var told = infos.FindAll(info => IsSameLanguage(info, main));
        report.Language = LanguageOf(main);
        Say(told, report);
        foreach (var other in infos.Where(info => !IsSameLanguage(info, main)))
            foreach (var word in Words) report.Attribute($"{word}.{LanguageOf(other) ?? "other"}", other.TextOf(word));
        Time(told, infos, report);
        Weigh(told, report);
        Place([.. told.SelectMany(info => info.Children("area"))], report);
    }

    /// <summary>Name and value of a parameter, a code or a geocode: as elements, several in one where services write them so, or <c>name=value</c> in CAP 1.0.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(XElement element)
    {
        if (!element.HasElements)
        {
            var (text, at) = (element.Value, element.Value.IndexOf('=', StringComparison.Ordinal));
            yield return at < 0 ? ("", text.Trim()) : (text[..at].Trim(), text[(at + 1)..].Trim());
            yield break;
        }
        var name = "";
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == "valueName") name = child.Value.Trim();
            else if (child.Name.LocalName == "value") yield return (name, child.Value.Trim());
        }
    }

    private static string? LanguageOf(XElement info) => info.TextOf("language");

    private static bool IsSameLanguage(XElement info, XElement other) => string.Equals(LanguageOf(info), LanguageOf(other), StringComparison.OrdinalIgnoreCase);

    private static void Say(List<XElement> told, ReportBuilder report)
    {
        var headlines = told.Select(info => XmlElements.OneLine(info.TextOf("headline"))).OfType<string>().ToList();
        var events = told.Select(info => info.TextOf("event")).Joined();
        report.Title = headlines.Count > 0 ? headlines[0] : events;
        report.Attribute("event", events);
        var (parts, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var info in told)
        {
            Add(XmlElements.OneLine(info.TextOf("headline")));
            Add(XmlElements.Lines(info.TextOf("description")));
            Add(XmlElements.Lines(info.TextOf("instruction")));
        }
        report.Text = parts.Count > 0 ? string.Join("\n\n", parts) : null;
        report.Url = told.Select(info => info.TextOf("web")).FirstOrDefault(web => web is not null);
        foreach (var name in Kept) report.Attribute(name, told.SelectMany(info => info.Children(name)).Select(child => child.Text()).Joined());
        report.Attribute("resource", told.SelectMany(info => info.Children("resource")).Select(resource => resource.TextOf("uri")).Joined());
        Keep("eventCode", told, report);
        Keep("parameter", told, report);

        void Add(string? part)
        {
            if (part is not null && part != report.Title && seen.Add(part)) parts.Add(part);
        }
    }

    /// <summary>The whole lasts from the first beginning to the last end.</summary>
    private static void Time(List<XElement> told, List<XElement> infos, ReportBuilder report)
    {
        var effective = told.Select(info => TimeOf(info, "effective")).Min();
        report.OccurredAt = told.Select(info => TimeOf(info, "onset")).Min() ?? effective;
        if (report.OccurredAt != effective) report.Attribute("effective", told.Select(info => info.TextOf("effective")).Joined());
        else KeepUnread(told, "effective", report);
        KeepUnread(told, "onset", report);
        report.ExpiresAt = infos.Select(info => TimeOf(info, "expires")).Max();
        KeepUnread(infos, "expires", report);
    }

    private static DateTimeOffset? TimeOf(XElement info, string name) => FeedTimes.OfMail(info.TextOf(name));

    /// <summary>What can't be read as a time is kept as it is.</summary>
    private static void KeepUnread(List<XElement> infos, string name, ReportBuilder report) =>
        report.Attribute(name, infos.Select(info => info.TextOf(name)).Where(text => FeedTimes.OfMail(text) is null).Joined());

    private static void Weigh(List<XElement> told, ReportBuilder report)
    {
        report.Severity = told.Select(info => CapSeverity.Of(info.TextOf("severity"), info.TextOf("urgency"), info.TextOf("certainty"))).Max();
        if (told.SelectMany(info => info.Children("category")).Any(category => category.Value.Trim().ToUpperInvariant() is "MET" or "GEO" or "ENV" or "FIRE"))
            report.Domain(Domain.Climate);
    }

    private static void Place(List<XElement> areas, ReportBuilder report)
    {
        foreach (var area in areas)
        {
            var (name, country) = (XmlElements.OneLine(area.TextOf("areaDesc")), CountryOf(area));
            var centres = area.Elements().Where(IsShape).Select(shape => LatLon.Centre(shape.Value)).OfType<(double Lat, double Lon)>().ToList();
            if (centres.Count == 0) report.Place(name, country);
            foreach (var (lat, lon) in centres) report.Place(name, country, lat, lon);
        }
        report.Attribute("polygon", Whole(areas.SelectMany(area => area.Children("polygon"))));
        report.Attribute("circle", Whole(areas.SelectMany(area => area.Children("circle"))));
        report.Attribute("altitude", areas.Select(area => area.TextOf("altitude")).Joined());
        report.Attribute("ceiling", areas.Select(area => area.TextOf("ceiling")).Joined());
        Keep("geocode", areas, report);
    }

    private static bool IsShape(XElement element) => element.Name.LocalName is "polygon" or "circle";

    /// <summary>The country where a geocode is said to be one of ISO 3166, or of a part of a country.</summary>
    private static string? CountryOf(XElement area) => area.Children("geocode").SelectMany(Pairs)
        .Where(pair => IsIso(pair.Name) && pair.Value.Length >= 2 && (pair.Value.Length == 2 || pair.Value[2] == '-'))
        .Select(pair => pair.Value[..2]).FirstOrDefault();

    private static bool IsIso(string name) =>
        name.Contains("ISO3166", StringComparison.OrdinalIgnoreCase) || name.Contains("ISO 3166", StringComparison.OrdinalIgnoreCase)
        || name.Contains("ISO-3166", StringComparison.OrdinalIgnoreCase) || name.Contains("iso.org/iso/country_codes", StringComparison.OrdinalIgnoreCase);

    /// <summary>As many shapes as an attribute holds: half of one is worse than none.</summary>
    private static string Whole(IEnumerable<XElement> shapes)
    {
        var whole = new StringBuilder();
        foreach (var shape in shapes.Select(shape => shape.Text()).OfType<string>().Distinct(StringComparer.Ordinal))
            if (whole.Length + shape.Length + 2 <= ReportLimits.AttributeValue) whole.Append(whole.Length > 0 ? "; " : "").Append(shape);
        return whole.ToString();
    }

    private static void Keep(string name, List<XElement> parents, ReportBuilder report)
    {
        foreach (var pairs in parents.SelectMany(parent => parent.Children(name)).SelectMany(Pairs).GroupBy(pair => pair.Name, pair => pair.Value))
            report.Attribute(pairs.Key.Length > 0 ? $"{name}.{pairs.Key}" : name, pairs.Joined());
    }
}
