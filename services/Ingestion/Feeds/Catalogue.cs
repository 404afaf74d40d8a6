using System.Globalization;
using Monitoring.Contracts;
using Monitoring.Ingestion.Polling;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Monitoring.Ingestion.Feeds;

/// <summary>A well-known public feed.</summary>
internal sealed record CatalogueEntry
{
    /// <summary>What the feed is called here, too.</summary>
    public string Name { get; init; } = "";
    /// <summary>What it brings, and from whom.</summary>
    public string About { get; init; } = "";
    public string Address { get; init; } = "";
    public string Format { get; init; } = "";
    public TimeSpan Every { get; init; }
    public Reliability Reliability { get; init; }
    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "";
    /// <summary>Under which terms its publisher gives it away, as far as is known; whoever switches it on is to read them.</summary>
    public string Licence { get; init; } = "";
    /// <summary>What the publisher wants of each user first; such a feed can't be switched on as it stands here.</summary>
    public string? Needs { get; init; }
}

/// <summary>The catalogue of well-known public feeds, <c>catalogue.yaml</c>.</summary>
internal static class Catalogue
{
    private sealed class File
    {
        public List<Item> Feeds { get; init; } = [];
    }

    private sealed class Item
    {
        public string Name { get; init; } = "";
        public string About { get; init; } = "";
        public string Address { get; init; } = "";
        public string Format { get; init; } = "";
        public string Every { get; init; } = "";
        public string Reliability { get; init; } = "";
        public string Language { get; init; } = "";
        public string Licence { get; init; } = "";
        public string? Needs { get; init; }
    }

    private static readonly Lazy<IReadOnlyList<CatalogueEntry>> Loaded = new(Load);

    public static IReadOnlyList<CatalogueEntry> All => Loaded.Value;

    public static CatalogueEntry? Named(string name) => All.FirstOrDefault(entry => entry.Name == name);

    /// <summary>How the entry is polled.</summary>
    public static PollSettings PollOf(CatalogueEntry entry) =>
        new(new Uri(entry.Address), PollKind.Http, entry.Every, IsEnabled: true, ChangesCredentials: false, Credentials: null);

    private static IReadOnlyList<CatalogueEntry> Load()
    {
        var assembly = typeof(Catalogue).Assembly;
        var name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(".catalogue.yaml", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<File>(reader);
        return [.. file.Feeds.Select(EntryOf)];
    }

    private static CatalogueEntry EntryOf(Item item) => new()
    {
        Name = item.Name,
        About = item.About,
        Address = item.Address,
        Format = item.Format,
        Every = TimeSpan.ParseExact(item.Every, "c", CultureInfo.InvariantCulture),
        Reliability = Wire<Reliability>.Parse(item.Reliability),
        Language = item.Language,
        Licence = item.Licence,
        Needs = item.Needs,
    };
}
