using System.Globalization;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Coordinates as feeds write them in one text: pairs of degrees, separated by white space or commas (CAP 1.2, section 3.2.4; GeoRSS simple;
/// GML's <c>pos</c> and <c>posList</c>).
/// </summary>
internal static class LatLon
{
    /// <summary>
    /// The point itself, or the middle of the area or line that several pairs draw, also across the antimeridian. A third number alone is a
    /// radius or a height.
    /// </summary>
    /// <param name="text">Latitude first, unless told otherwise.</param>
    /// <param name="isLonFirst">Whether the longitude comes first.</param>
    /// <returns><c>null</c> where the text is anything else.</returns>
    public static (double Lat, double Lon)? Centre(string? text, bool isLonFirst = false)
    {
        if (Numbers(text) is not { Count: >= 2 } numbers) return null;
        if (numbers.Count == 3) numbers.RemoveAt(2);
        if (numbers.Count % 2 != 0) return null;
        var points = new List<(double Lat, double Lon)>(numbers.Count / 2);
        for (var at = 0; at < numbers.Count; at += 2) points.Add(isLonFirst ? (numbers[at + 1], numbers[at]) : (numbers[at], numbers[at + 1]));
        if (points.Count == 1) return points[0];
        Unwrap(points);
        var (lat, lon) = Centroid(points);
        return (Math.Round(lat, 5), Math.Round(lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, 5));
    }

    private static List<double>? Numbers(string? text)
    {
        var numbers = new List<double>();
        foreach (var range in text.AsSpan().SplitAny(" \t\r\n,;"))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty) continue;
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return null;
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>No step is longer than half around the earth: what seems so crosses the antimeridian.</summary>
    private static void Unwrap(List<(double Lat, double Lon)> points)
    {
        for (var at = 1; at < points.Count; at++)
        {
            var step = points[at].Lon - points[at - 1].Lon;
            points[at] = (points[at].Lat, points[at].Lon - 360 * Math.Round(step / 360));
        }
    }

    /// <summary>By area; where there is none, as of a line, the middle of what it spans.</summary>
    private static (double Lat, double Lon) Centroid(List<(double Lat, double Lon)> points)
    {
        var (south, north) = (points.Min(point => point.Lat), points.Max(point => point.Lat));
        var (west, east) = (points.Min(point => point.Lon), points.Max(point => point.Lon));
        var (area, lat, lon) = (0.0, 0.0, 0.0);
        for (var at = 0; at < points.Count; at++)
        {
            var (from, to) = (points[at], points[(at + 1) % points.Count]);
            // From a corner rather than from 0,0: small areas far away lose their digits otherwise.
            var (x, y, nextX, nextY) = (from.Lon - west, from.Lat - south, to.Lon - west, to.Lat - south);
            var cross = x * nextY - nextX * y;
            area += cross;
            lat += (y + nextY) * cross;
            lon += (x + nextX) * cross;
        }
        return Math.Abs(area) < 1e-9 ? ((south + north) / 2, (west + east) / 2) : (south + lat / (3 * area), west + lon / (3 * area));
    }
}
