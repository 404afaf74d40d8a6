using System.Globalization;

namespace Monitoring.Ingestion.Formats.Gdelt;

/// <summary>
/// A row of GDELT's event table. Version 2.0 has 61 columns, 1.0 has 58, and 57 without the address before April 2013: places have one
/// column less there (<c>ADM2Code</c>).
/// </summary>
internal readonly struct GdeltEvent(string[] fields)
{
    public const string ColumnCounts = "57, 58 or 61";

    private const int FirstGeography = 35;

    public static bool IsColumnCount(int columns) => columns is 57 or 58 or 61;

    private int GeographyColumns => fields.Length == 61 ? 8 : 7;
    private int ActionGeography => FirstGeography + 2 * GeographyColumns;
    private int AfterGeographies => FirstGeography + 3 * GeographyColumns;

    public string Id => fields[0];
    public string Date => fields[1];
    public GdeltActor Actor1 => new(fields.AsSpan(5, 10));
    public GdeltActor Actor2 => new(fields.AsSpan(15, 10));
    public bool IsRoot => fields[25] == "1";
    public string Code => fields[26];
    public string RootCode => fields[28];
    public string QuadClass => fields[29];
    public double? Goldstein => NumberOf(fields[30]);
    public string Mentions => fields[31];
    public string Sources => fields[32];
    public string Articles => fields[33];
    public string Tone => fields[34];
    /// <summary>1 a country, 2 a state of the US, 3 a city there, 4 a city elsewhere, 5 a state elsewhere; 0 or empty: nothing.</summary>
    public string PlaceType => fields[ActionGeography];
    public string PlaceName => fields[ActionGeography + 1];
    /// <summary>FIPS 10-4.</summary>
    public string PlaceCountry => fields[ActionGeography + 2];
    public string PlaceRegion => fields[ActionGeography + 3];
    public double? Lat => NumberOf(fields[AfterGeographies - 3]);
    public double? Lon => NumberOf(fields[AfterGeographies - 2]);
    public string PlaceFeature => fields[AfterGeographies - 1];
    public string Added => fields[AfterGeographies];
    /// <summary>An address; of what is not from the web, a word such as <c>BBC Monitoring</c>.</summary>
    public string Source => fields.Length > AfterGeographies + 1 ? fields[AfterGeographies + 1] : "";

    /// <summary>Whether this row tells more of what its article is about than another.</summary>
    public bool LeadsBefore(GdeltEvent other)
    {
        if (IsRoot != other.IsRoot) return IsRoot;
        var (mentions, others) = (NumberOf(Mentions) ?? 0, NumberOf(other.Mentions) ?? 0);
        return mentions > others || (mentions == others && (Goldstein ?? 0) < (other.Goldstein ?? 0));
    }

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Who does something in an event, or to whom it is done, in the words of CAMEO.</summary>
internal readonly ref struct GdeltActor(ReadOnlySpan<string> fields)
{
    private readonly ReadOnlySpan<string> fields = fields;

    public string Code => fields[0];
    /// <summary>In capitals.</summary>
    public string Name => fields[1];
    /// <summary>Three letters: of ISO 3166-1, or of a region.</summary>
    public string Country => fields[2];
    public bool IsKnownGroup => fields[3].Length > 0;
}
