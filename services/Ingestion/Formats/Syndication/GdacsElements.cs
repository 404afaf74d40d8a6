using System.Collections.Frozen;
using System.Xml.Linq;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Xml;
using Monitoring.World;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>
/// The extension of the Global Disaster Alert and Coordination System. <c>eventtype</c> and <c>eventid</c> name the report, so that a new
/// episode is a revision of it. <c>alertlevel</c> is the event's, unlike <c>episodealertlevel</c>: Green is low (no help from abroad needed),
/// Orange high, Red critical. The event began at <c>fromdate</c>, whenever the item was published. What is no longer current (<c>iscurrent</c>)
/// expired when it ended. <c>bbox</c> is lonmin lonmax latmin latmax. <c>iso3</c> is empty at sea and names only the first of several
/// countries, the rest of which <c>country</c> names.
/// </summary>
internal static class GdacsElements
{
    private static readonly XNamespace Gdacs = XmlNames.Gdacs;

    private static readonly FrozenDictionary<string, string> CodesByName = Countries.All.Where(country => country.To is null)
        .ToFrozenDictionary(country => country.Name, country => country.Code, StringComparer.OrdinalIgnoreCase);

    /// <param name="elements">The item's.</param>
    /// <param name="places">The coordinates that the item tells.</param>
    /// <param name="report">What it is mapped into.</param>
    /// <returns>Whether the item is one of GDACS.</returns>
    public static bool Map(FeedElements elements, IReadOnlyList<(double Lat, double Lon)> places, ReportBuilder report)
    {
        var item = elements.Item;
        if (TextOf(item, "eventtype") is not { } type || TextOf(item, "eventid") is not { } id) return false;
        report.ExternalId = type + id;
        report.Domain(Domain.Climate);
        report.Severity = TextOf(item, "alertlevel")?.ToUpperInvariant() switch
        {
            "GREEN" => Severity.Low,
            "ORANGE" => Severity.High,
            "RED" => Severity.Critical,
            _ => null,
        };
        report.OccurredAt = FeedTimes.OfMail(TextOf(item, "fromdate"));
        if (string.Equals(TextOf(item, "iscurrent"), "false", StringComparison.OrdinalIgnoreCase))
            report.ExpiresAt = FeedTimes.OfMail(TextOf(item, "todate")) ?? report.OccurredAt;
        Place(item, places, report);
        foreach (var name in new[] { "severity", "population", "vulnerability" })
            foreach (var part in item.Element(Gdacs + name)?.Attributes() ?? []) report.Attribute($"gdacs:{name}.{part.Name.LocalName}", part.Value);
        return true;
    }

    private static void Place(XElement item, IReadOnlyList<(double Lat, double Lon)> places, ReportBuilder report)
    {
        var names = (TextOf(item, "country") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var codes = (TextOf(item, "iso3") ?? "").Split([',', ';', '|', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(CountryCodes.OfAlpha3).OfType<string>().ToList();
        var only = names.Length <= 1 && codes.Count == 1 ? codes[0] : null;
        (double Lat, double Lon)? at = places.Count > 0 ? places[0] : CentreOf(TextOf(item, "bbox"));
        report.Place(only is not null || names.Length == 1 ? names.FirstOrDefault() : null, only, at?.Lat, at?.Lon);
        foreach (var code in codes.Concat(names.Select(CodeOf).OfType<string>())) report.Country(code);
        if (names.Length <= 1) return;
        foreach (var name in names) report.Place(name, CodeOf(name));
    }

    private static string? CodeOf(string name) => CodesByName.GetValueOrDefault(name.Replace(" & ", " and ", StringComparison.Ordinal));

    /// <summary>Its longitudes come first; a box across the antimeridian ends beyond 180°.</summary>
    private static (double Lat, double Lon)? CentreOf(string? box)
    {
        var sides = (box ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return sides.Length == 4 ? LatLon.Centre($"{sides[2]} {sides[0]} {sides[3]} {sides[1]}") : null;
    }

    private static string? TextOf(XElement item, string name) => item.Element(Gdacs + name)?.Text();
}
