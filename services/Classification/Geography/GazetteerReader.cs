using System.Globalization;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Puts the gazetteer together from the tables that are built in: countries and cities as the packages have them, and on top of them our
/// own (<c>places.tsv</c>, <c>names.tsv</c>, <c>signs.tsv</c>), each of which wins over what came before.
/// </summary>
internal sealed class GazetteerReader
{
    private readonly PhraseTrie<Name> names = new();
    private readonly Dictionary<string, string[]> borders = [];

    /// <summary>The names, and for each country its neighbours.</summary>
    public static (PhraseTrie<Name> Names, IReadOnlyDictionary<string, string[]> Borders) Read()
    {
        var reader = new GazetteerReader();
        var own = Table.Lines("names.tsv").ToList();
        foreach (var fields in Table.Lines("countries.tsv")) reader.AddCountry(fields);
        foreach (var fields in own.Where(fields => fields[0] == "!")) foreach (var name in fields[1..]) reader.names.Set(name, null);
        foreach (var group in Table.Lines("cities.tsv").GroupBy(fields => fields[0])) reader.AddCity(group.Key, [.. group]);
        foreach (var fields in Table.Lines("places.tsv")) reader.AddPlace(fields);
        foreach (var fields in Table.Lines("signs.tsv")) reader.AddOwn(fields, NameKind.Sign);
        foreach (var fields in own) reader.AddOwn(fields, NameKind.Country);
        return (reader.names, reader.borders);
    }

    private void AddCountry(string[] fields)
    {
        var (code, kind) = (fields[0], fields[1]);
        if (kind == "borders")
        {
            borders[code] = fields[2..];
            return;
        }
        var meaning = new Meaning(code, kind == "capital" ? Meaning.Capital : Meaning.Country);
        foreach (var name in fields[2..]) names.Set(name, Name.Of(name, kind switch { "capital" => NameKind.Place, "people" => NameKind.People, _ => NameKind.Country }, [meaning]));
    }

    /// <summary>A city's or region's name, with all who bear it; a country's name is the country's, unless a region is called so too.</summary>
    private void AddCity(string name, IReadOnlyList<string[]> bearers)
    {
        var known = names.Find(name);
        if (known?.IsOfCountry == true) return;
        var meanings = bearers.Select(fields => new Meaning(fields[1], (fields[2] == "capital" ? Meaning.Capital : 0) + long.Parse(fields[3], CultureInfo.InvariantCulture),
            PlaceOf(name, fields[1], fields[4], fields[5]))).OrderByDescending(meaning => meaning.Weight);
        names.Set(name, Name.Of(name, NameKind.Place, [.. meanings]) with
        {
            IsRegion = bearers.Any(fields => fields[2] == "region"),
            NeedsCompany = bearers.All(fields => fields[2] == "town"),
        });
    }

    private void AddPlace(string[] fields)
    {
        var code = fields[0] == "-" ? null : fields[0];
        var place = PlaceOf(fields[3], code, fields[1], fields[2]);
        foreach (var name in fields[3..])
            names.Set(name, Name.Of(name, code is null ? NameKind.Nothing : NameKind.Place, [new Meaning(code ?? "", 0, place)]) with { IsRegion = names.Find(name)?.IsRegion ?? false });
    }

    private void AddOwn(string[] fields, NameKind kind)
    {
        foreach (var name in fields[1..])
        {
            switch (fields[0])
            {
                case "!": break;
                case "~": Change(name, known => known with { IsWord = true }); break;
                case "?": Change(name, known => known with { NeedsCompany = known.NeedsCompany || known.Kind == (kind == NameKind.Sign ? NameKind.Sign : NameKind.Place) }); break;
                case "-": names.Set(name, Name.Of(name, NameKind.Nothing, [])); break;
                case ['?', .. var code]: names.Set(name, Name.Of(name, NameKind.CommonSign, [new(code, 0)])); break;
                case ['+', .. var code]: if (names.Find(name) is null) names.Set(name, Name.Of(name, NameKind.Clue, [.. code.Split('|').Select(one => new Meaning(one, 0))])); break;
                case [',', .. var code]: if (names.Find(name) is null) names.Set(name, Name.Of(name, NameKind.Abbreviation, [new(code, 0)])); break;
                case ['@', .. var codes]: names.Set(name, Name.Of(name, NameKind.People, MeaningsOf(codes))); break;
                case var codes: names.Set(name, Name.Of(name, kind, MeaningsOf(codes))); break;
            }
        }
    }

    private static Meaning[] MeaningsOf(string codes) => [.. codes.Split('|').Select((code, rank) => new Meaning(code, rank == 0 ? Meaning.Country : 1))];

    private void Change(string name, Func<Name, Name> change)
    {
        if (names.Find(name) is { } known) names.Set(name, change(known));
    }

    private static Place PlaceOf(string name, string? code, string lat, string lon) =>
        new() { Name = name, Country = code, Lat = double.Parse(lat, CultureInfo.InvariantCulture), Lon = double.Parse(lon, CultureInfo.InvariantCulture) };
}

/// <summary>The tables that are built in: fields between tabs, <c>#</c> before a comment.</summary>
internal static class Table
{
    public static IEnumerable<string[]> Lines(string file)
    {
        using var stream = typeof(Table).Assembly.GetManifestResourceStream($"Monitoring.Classification.Geography.{file}")
            ?? throw new InvalidOperationException($"{file} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) if (line.Length > 0 && line[0] != '#') yield return line.Split('\t');
    }
}
