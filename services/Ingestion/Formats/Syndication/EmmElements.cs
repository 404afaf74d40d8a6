using System.Globalization;
using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>
/// The extension of the Europe Media Monitor: places that the article's text names, and its language. Where the article was published stands
/// on the <c>source</c> element, and is no place of what it tells.
/// </summary>
internal static class EmmElements
{
    public static void Map(FeedElements elements, ReportBuilder report)
    {
        foreach (var place in elements.Take(XmlNames.Emm + "georss"))
        {
            var name = place.Attribute("name")?.Value.Split(':', 2)[0];
            report.Place(name, place.Attribute("iso")?.Value, Degrees(place.Attribute("lat")), Degrees(place.Attribute("lon")));
        }
        foreach (var entity in elements.Take(XmlNames.Emm + "entity")) report.Attribute("emm:entity", entity.Attribute("name")?.Value ?? entity.Text());
    }

    /// <summary>The language, under the namespace that the monitor has for ISO 639.</summary>
    public static string? LanguageOf(FeedElements elements)
    {
        var element = elements.Item.Elements()
            .FirstOrDefault(child => child.Name.LocalName == "language" && child.Name.NamespaceName.StartsWith("http://www.iso.org/", StringComparison.Ordinal));
        return element is null ? null : elements.Text(element.Name);
    }

    private static double? Degrees(XAttribute? attribute) =>
        double.TryParse(attribute?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
