using Monitoring.Classification.Language;

namespace Monitoring.Classification.Judging;

/// <summary>A subject that phrases speak of. The weights decide what it means for a report; the phrases only lead there.</summary>
/// <param name="Name">As the files write it.</param>
/// <param name="Hash">Its feature, before it is mapped to a row of weights.</param>
internal sealed record Topic(string Name, uint Hash)
{
    /// <summary>What stands before the name's first dot: the family of topics.</summary>
    public FeatureKind Kind { get; } = Name.Split('.')[0] switch
    {
        "cyber" or "economic" or "climate" or "military" => FeatureKind.Topic,
        "context" => FeatureKind.Context,
        _ => FeatureKind.Cue,
    };

    public uint Family { get; } = TextFeatures.HashOf(Name.AsSpan(0, Math.Max(0, Name.IndexOf('.'))));
}

/// <summary>
/// Phrases by topic, so that one that no training text had is known by its fellows. Files <c>Topics/*.tsv</c>: a topic, a tab, phrases
/// parted by <c>|</c>; forms as <see cref="PhraseFile.Forms"/> makes them. The longest phrase wins; one in capitals is only found in
/// capitals, where not all of the text is in capitals.
/// </summary>
internal sealed class Topics
{
    private const string Folder = "Monitoring.Classification.Judging.Topics.";

    private readonly PhraseTrie<Entry> phrases = new();
    private readonly Dictionary<string, Topic> topics = [];

    private Topics() { }

    private sealed record Entry(Topic[] Topics, bool IsInCapitals);

    /// <summary>Those that are built in.</summary>
    public static Topics BuiltIn { get; } = Load();

    private static Topics Load()
    {
        var topics = new Topics();
        var written = Written().ToList();
        foreach (var (topic, phrase) in written) topics.Add(phrase.TrimEnd('~'), topic);
        // A form that is written out itself keeps its own topics.
        var forms = new List<(string Form, string Topic)>();
        foreach (var (topic, phrase) in written)
            foreach (var form in PhraseFile.Forms(phrase)) if (topics.phrases.Find(form) is null) forms.Add((form, topic));
        foreach (var (form, topic) in forms) topics.Add(form, topic);
        return topics;
    }

    /// <summary>The longest phrase that begins at a word; its length in words, 0 where none does.</summary>
    public int Longest(Tokens tokens, int start, out Topic[]? found)
    {
        var words = phrases.Longest(tokens, start, out var entry);
        if (entry is { IsInCapitals: true } && (tokens.Style == LetterCase.Upper || !tokens[start].IsAcronym(tokens.Text))) words = 0;
        found = entry?.Topics;
        return words;
    }

    private void Add(string phrase, string name)
    {
        if (!topics.TryGetValue(name, out var topic)) topics[name] = topic = new Topic(name, TextFeatures.HashOf(name));
        var known = phrases.Find(phrase)?.Topics ?? [];
        if (!known.Contains(topic)) phrases.Set(phrase, new([.. known, topic], phrase.Length > 1 && phrase.All(char.IsAsciiLetterUpper)));
    }

    private static IEnumerable<(string Topic, string Phrase)> Written()
    {
        var assembly = typeof(Topics).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length == 0 || line.StartsWith('#')) continue;
                var tab = line.IndexOf('\t');
                foreach (var phrase in line[(tab + 1)..].Split('|')) yield return (line[..tab], phrase);
            }
        }
    }
}
