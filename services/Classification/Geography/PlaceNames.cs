namespace Monitoring.Classification.Geography;

/// <summary>The names of one place: a report may tell it by another than the gazetteer has first.</summary>
internal static class PlaceNames
{
    private static readonly ILookup<string, string> Others = Table.Lines("places.tsv")
        .SelectMany(fields => fields[4..], (fields, name) => (First: fields[3], Name: name)).ToLookup(pair => pair.First, pair => pair.Name);

    /// <summary>A name, and all others of the place that is called so.</summary>
    public static IEnumerable<string> Of(string name) => Others[name].Prepend(name);
}
