using System.Text.RegularExpressions;
using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>A word of a signature; its weight is its rarity, in eighths.</summary>
/// <param name="Hash">Of its stem.</param>
/// <param name="Weight">Its rarity.</param>
/// <param name="IsName">Whether it mostly is one.</param>
/// <param name="IsNumber">Whether it is one.</param>
/// <param name="IsCapital">Whether it was written with a capital letter.</param>
/// <param name="Position">Its place in the title, from 1; 0 where that was not kept.</param>
/// <param name="IsPlace">Whether it is of the name of a country or its people, or of a place that the report tells, however it is spelt.</param>
internal readonly record struct WeighedWord(int Hash, byte Weight, bool IsName, bool IsNumber, bool IsCapital = false, byte Position = 0, bool IsPlace = false);

/// <summary>What of a report tells which event it speaks of: what, where, who, when, in which words. Small, and kept with its record.</summary>
internal sealed partial record Signature
{
    private const int WordsAtMost = 24;
    private const int IdentifiersAtMost = 16;

    /// <summary>Of the title (the beginning of the text, where there is none), each once, rarest first.</summary>
    public required IReadOnlyList<WeighedWord> Words { get; init; }
    /// <summary>Of title and text: numbers of cases, flights, weaknesses, orders.</summary>
    public required IReadOnlyList<int> Identifiers { get; init; }
    /// <summary>Bits of <see cref="Kinds.Happenings"/>.</summary>
    public required ulong Happenings { get; init; }
    /// <summary>A bit for each domain.</summary>
    public required byte Domains { get; init; }
    /// <summary>Affected and acting countries, two letters each.</summary>
    public required IReadOnlyList<ushort> Countries { get; init; }
    /// <summary>The first place with coordinates that the feed tells.</summary>
    public (float Lat, float Lon)? Place { get; init; }
    /// <summary>When its source told it, in seconds since 1970.</summary>
    public required long ToldAt { get; init; }
    /// <summary>Whether the source said so itself.</summary>
    public required bool HasPublished { get; init; }
    /// <summary>Whether its source said so to the minute; a whole hour is as likely a date, or a timetable.</summary>
    public bool HasMinute => HasPublished && ToldAt % 3_600 != 0;
    public required Guid FeedId { get; init; }
    /// <summary>0 where it has none.</summary>
    public required int Url { get; init; }
    /// <summary>Of a name that is unique beyond its feed; 0 where it has none.</summary>
    public required int Identity { get; init; }

    /// <summary>The words in the order in which they are told; empty where that was not kept.</summary>
    public IReadOnlyList<WeighedWord> Sentence { get; private init; } = [];
    /// <summary>The length of the vector of its words' weights.</summary>
    public double Norm { get; private init; }

    public static Signature Of(ReceivedReport received, ToldReport told)
    {
        var report = received.Report;
        var headline = told.Headline;
        var stems = Stems.Of(Tokens.Of(headline));
        var places = told.Verdict.Places.Concat(report.Places).SelectMany(place => PlaceNames.Of(place.Name ?? "")).SelectMany(name => Stems.Of(Tokens.Of(name))).Select(stem => stem.Hash).ToHashSet();
        var words = stems.DistinctBy(stem => stem.Hash)
            .Select(stem => new WeighedWord(stem.Hash, WordWeights.BuiltIn.Of(stem.Hash), !stem.IsNumber && WordWeights.BuiltIn.IsName(stem.Hash), stem.IsNumber,
                !stem.IsSmall, (byte)Math.Min(stem.Position, byte.MaxValue), places.Contains(stem.Hash) || Frames.IsOfCountry(stem.Hash)))
            .OrderByDescending(word => word.Weight).ThenBy(word => word.Hash).Take(WordsAtMost).ToList();
        var scene = report.Places.FirstOrDefault(place => place is { Lat: not null, Lon: not null });
        return Complete(new()
        {
            Words = words,
            Identifiers = [.. IdentifiersIn(headline).Concat(IdentifiersIn(told.Summary)).Distinct().Take(IdentifiersAtMost)],
            Happenings = words.Aggregate(0UL, (kinds, word) => kinds | Kinds.Happenings.Of(word.Hash)),
            Domains = told.Verdict.Domains.Aggregate((byte)0, (bits, domain) => (byte)(bits | 1 << (int)domain)),
            Countries = [.. told.Verdict.Countries.Where(country => country.Role != CountryRole.Mentioned).Select(country => (ushort)(country.Code[0] << 8 | country.Code[1])).Distinct().Take(32)],
            Place = scene is null ? null : ((float)scene.Lat!.Value, (float)scene.Lon!.Value),
            ToldAt = told.ToldAt.ToUnixTimeSeconds(),
            HasPublished = told.PublishedAt is not null,
            FeedId = told.FeedId,
            Url = Normalized(told.Url) is { } url ? Stems.Hash(url) : 0,
            Identity = IsUnique(report.ExternalId) ? Stems.Hash(report.ExternalId) : 0,
        });
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream(256);
        using var writer = new BinaryWriter(stream);
        writer.Write((byte)Words.Count);
        foreach (var word in Words)
        {
            writer.Write(word.Hash);
            writer.Write(word.Weight);
            writer.Write((byte)((word.IsName ? 1 : 0) | (word.IsNumber ? 2 : 0)));
        }
        writer.Write((byte)Identifiers.Count);
        foreach (var identifier in Identifiers) writer.Write(identifier);
        writer.Write(Happenings);
        writer.Write(Domains);
        writer.Write((byte)Countries.Count);
        foreach (var country in Countries) writer.Write(country);
        writer.Write(Place is not null);
        if (Place is { } place)
        {
            writer.Write(place.Lat);
            writer.Write(place.Lon);
        }
        writer.Write(ToldAt);
        writer.Write(HasPublished);
        writer.Write(FeedId.ToByteArray());
        writer.Write(Url);
        writer.Write(Identity);
        foreach (var word in Words)
        {
            writer.Write(word.Position);
            writer.Write((byte)((word.IsCapital ? 1 : 0) | (word.IsPlace ? 2 : 0)));
        }
        return stream.ToArray();
    }

    public static Signature FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var signature = new Signature
        {
            Words = Many(() =>
            {
                var (hash, weight, kind) = (reader.ReadInt32(), reader.ReadByte(), reader.ReadByte());
                return new WeighedWord(hash, weight, (kind & 1) != 0, (kind & 2) != 0);
            }),
            Identifiers = Many(reader.ReadInt32),
            Happenings = reader.ReadUInt64(),
            Domains = reader.ReadByte(),
            Countries = Many(reader.ReadUInt16),
            Place = reader.ReadBoolean() ? (reader.ReadSingle(), reader.ReadSingle()) : null,
            ToldAt = reader.ReadInt64(),
            HasPublished = reader.ReadBoolean(),
            FeedId = new Guid(reader.ReadBytes(16)),
            Url = reader.ReadInt32(),
            Identity = reader.ReadInt32(),
        };
        // What was kept before places in the title were ends here; who reads only that leaves the rest.
        return Complete(reader.BaseStream.Position == bytes.Length ? signature : signature with { Words = [.. signature.Words.Select(Told)] });

        WeighedWord Told(WeighedWord word)
        {
            var (position, kind) = (reader.ReadByte(), reader.ReadByte());
            return word with { Position = position, IsCapital = (kind & 1) != 0, IsPlace = (kind & 2) != 0 };
        }

        T[] Many<T>(Func<T> read)
        {
            var items = new T[reader.ReadByte()];
            for (var index = 0; index < items.Length; index++) items[index] = read();
            return items;
        }
    }

    private static Signature Complete(Signature signature) => signature with
    {
        Norm = Math.Sqrt(signature.Words.Sum(word => word.Weight * word.Weight)),
        Sentence = [.. signature.Words.Where(word => word.Position > 0).OrderBy(word => word.Position)],
    };

    /// <summary>An address without what differs between links to one page.</summary>
    private static string? Normalized(string? url)
    {
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.AbsolutePath.Length < 2) return null;
        var query = string.Join('&', address.Query.TrimStart('?').Split('&').Where(part => !part.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)));
        var host = address.Host.StartsWith("www.", StringComparison.Ordinal) ? address.Host[4..] : address.Host;
        return $"{host}{address.AbsolutePath.TrimEnd('/')}?{query}";
    }

    /// <summary>Whether a name cannot be another feed's by chance, as CAP identifiers, STIX ids and the ids of catalogues of events are.</summary>
    private static bool IsUnique(string externalId) => externalId.Length >= 16 && externalId.Count(char.IsAsciiDigit) >= 6;

    private static List<int> IdentifiersIn(string text)
    {
        var identifiers = new List<int>();
        foreach (var match in Identifier().EnumerateMatches(text))
        {
            var found = text.AsSpan(match.Index, match.Length);
            var (digits, letters) = (0, 0);
            foreach (var character in found)
            {
                if (char.IsAsciiDigit(character)) digits++;
                // A date and time has these letters too.
                else if (char.IsAsciiLetter(character) && (character is not ('T' or 'Z') || !char.IsAsciiDigit(found[0]))) letters++;
            }
            if (digits >= 2 && letters >= 1) identifiers.Add(Stems.Hash(found.ToString().ToUpperInvariant()));
        }
        return identifiers;
    }

    [GeneratedRegex("[A-Za-z0-9_-]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
