using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>
/// Where an item of a feed is: GeoRSS simple and GML, under any of its versions' namespaces, and W3C's basic geography. Latitude comes first,
/// but in the <c>coordinates</c> of GML 2, which are x,y. Lines, areas and boxes are told by their middle and kept as attributes. 0,0 is how
/// publishing tools write that they know of no place.
/// </summary>
internal static class FeedPlaces
{
    /// <summary>What the coordinates of a place tell in full.</summary>
    private static readonly XName[] Told = [XmlNames.Geo + "lat", XmlNames.Geo + "long", XmlNames.Geo + "lon", XmlNames.GeoRss + "point"];

    private static readonly XName GeoPoint = XmlNames.Geo + "Point";

    public static List<(double Lat, double Lon)> Of(FeedElements elements)
    {
        var places = new List<(double Lat, double Lon)>();
        Add(OfGeo(elements.Item));
        foreach (var element in elements.Item.Elements())
        {
            if (places.Count == ReportLimits.Places) break;
            if (element.Name == GeoPoint) Add(OfGeo(element));
            else if (IsGeoRss(element.Name)) AddGeoRss(element);
            else if (IsGml(element.Name)) AddGml(element);
        }
        foreach (var name in Told) elements.Take(name);
        return places;

        void Add((double Lat, double Lon)? place)
        {
            if (places.Count < ReportLimits.Places && place is { } found && found != (0, 0) && !places.Contains(found)) places.Add(found);
        }

        void AddGeoRss(XElement element)
        {
            if (element.Name.LocalName is "point" or "line" or "polygon" or "box" or "circle") Add(LatLon.Centre(element.Value));
            else if (element.Name.LocalName == "where") AddGml(element);
        }

        void AddGml(XElement element)
        {
            var envelope = element.DescendantsAndSelf().FirstOrDefault(inner => inner.Name.LocalName == "Envelope");
            if (envelope is not null) Add(LatLon.Centre($"{envelope.TextOf("lowerCorner")} {envelope.TextOf("upperCorner")}"));
            foreach (var inner in element.DescendantsAndSelf())
            {
                if (inner.Name.LocalName is "pos" or "posList") Add(LatLon.Centre(inner.Value));
                else if (inner.Name.LocalName == "coordinates") Add(LatLon.Centre(inner.Value, isLonFirst: true));
            }
        }
    }

    /// <summary>What the place is called, where GeoRSS tells it.</summary>
    public static string? NameOf(FeedElements elements) => elements.Text(XmlNames.GeoRss + "featurename", XmlNames.GeoRss + "featureName");

    private static (double Lat, double Lon)? OfGeo(XElement parent)
    {
        var (lat, lon) = (parent.Element(XmlNames.Geo + "lat"), parent.Element(XmlNames.Geo + "long") ?? parent.Element(XmlNames.Geo + "lon"));
        return lat is not null && lon is not null ? LatLon.Centre($"{lat.Value} {lon.Value}") : null;
    }

    private static bool IsGeoRss(XName name) => name.NamespaceName.StartsWith(XmlNames.GeoRss.NamespaceName, StringComparison.Ordinal);

    private static bool IsGml(XName name) => name.NamespaceName.StartsWith(XmlNames.Gml.NamespaceName, StringComparison.Ordinal);
}
