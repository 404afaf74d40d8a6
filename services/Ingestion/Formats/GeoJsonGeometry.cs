using System.Text.Json;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// One point for a feature of RFC 7946, whose positions are longitude, latitude and maybe height: a point itself; of anything else the
/// middle of the bounds of its first part, since the parts of what crosses the antimeridian lie at both ends of the map (section 3.1.9);
/// without a geometry, the middle of the feature's <c>bbox</c>.
/// </summary>
internal static class GeoJsonGeometry
{
    public static (double? Lat, double? Lon) PointOf(JsonElement feature)
    {
        var geometry = feature.Member("geometry");
        for (var depth = 0; geometry.Text("type") == "GeometryCollection" && depth < 8; depth++) geometry = First(geometry.Member("geometries"));
        var positions = geometry.Member("coordinates");
        if (!positions.IsPresent()) return MiddleOf(feature.Member("bbox"));
        if (First(positions).ValueKind == JsonValueKind.Number) return PositionOf(positions);
        while (First(First(positions)).ValueKind == JsonValueKind.Array) positions = First(positions);
        return MiddleOfAll(positions);
    }

    /// <summary>The third number of a point.</summary>
    public static double? HeightOf(JsonElement feature)
    {
        var position = feature.Member("geometry").Member("coordinates");
        return position.ValueKind == JsonValueKind.Array && position.GetArrayLength() > 2 ? position[2].Number() : null;
    }

    private static (double? Lat, double? Lon) MiddleOfAll(JsonElement positions)
    {
        var (south, north, west, east) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        foreach (var position in positions.Each())
        {
            if (PositionOf(position) is not ({ } lat, { } lon)) continue;
            (south, north) = (Math.Min(south, lat), Math.Max(north, lat));
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
        }
        return south <= north ? Middle(west, south, east, north) : default;
    }

    /// <summary>West, south, east, north (section 5), with heights between and behind where there are six; west of the antimeridian comes after east.</summary>
    private static (double? Lat, double? Lon) MiddleOf(JsonElement bounds)
    {
        var length = bounds.ValueKind == JsonValueKind.Array ? bounds.GetArrayLength() : 0;
        if (length is not (4 or 6)) return default;
        return (bounds[0].Number(), bounds[1].Number(), bounds[length / 2].Number(), bounds[length / 2 + 1].Number()) is ({ } west, { } south, { } east, { } north)
            ? Middle(west, south, west > east ? east + 360 : east, north)
            : default;
    }

    private static (double? Lat, double? Lon) Middle(double west, double south, double east, double north)
    {
        var lon = (west + east) / 2;
        return (Math.Round((south + north) / 2, 6), Math.Round(lon > 180 ? lon - 360 : lon, 6));
    }

    private static (double? Lat, double? Lon) PositionOf(JsonElement position) =>
        position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2 && (position[1].Number(), position[0].Number()) is ({ } lat, { } lon) ? (lat, lon) : default;

    private static JsonElement First(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 ? list[0] : default;
}
