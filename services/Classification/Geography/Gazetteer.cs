using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>A name in a text and the country that it means, by its ISO 3166-1 alpha-2 code.</summary>
/// <param name="Code">The country.</param>
/// <param name="First">Index of the first word.</param>
/// <param name="Words">Number of words.</param>
internal readonly record struct Mention(string Code, int First, int Words);

/// <summary>
/// Finds countries in texts by their names, adjectives, inhabitants, capitals and a few governments and cities: whole words only, the
/// longest name first, so that Niger is not in Nigeria and Guinea not in Papua New Guinea.
/// </summary>
internal sealed class Gazetteer
{
    private sealed record Name(string? Code)
    {
        public bool IsAcronym { get; init; }
        public bool IsCapitalised { get; init; }
        /// <summary>Also an ordinary word or a person's name: never without a capital letter.</summary>
        public bool IsWord { get; set; }
    }

    private const string NoCountry = "-";
    private const string OrdinaryWord = "~";
    private const string Removed = "!";

    private readonly PhraseTrie<Name> names = new();
    private readonly GeorgiaOrTheState georgia = new();

    private Gazetteer() { }

    /// <summary>Reads the names that are built in.</summary>
    public static Gazetteer Load()
    {
        var gazetteer = new Gazetteer();
        var corrections = Lines("names.tsv").ToLookup(fields => fields[0] == Removed);
        foreach (var fields in Lines("countries.tsv")) gazetteer.Add(fields);
        foreach (var fields in corrections[true]) foreach (var name in fields[1..]) gazetteer.names.Set(name, null);
        foreach (var fields in corrections[false]) gazetteer.Add(fields);
        return gazetteer;
    }

    /// <summary>The countries that a text names, in its order.</summary>
    public IReadOnlyList<Mention> Find(Tokens tokens)
    {
        var mentions = new List<Mention>();
        var style = LetterCases.Of(tokens.Text);
        for (var index = 0; index < tokens.Count;)
        {
            var words = names.Longest(tokens, index, out var name);
            if (words > 0 && Fits(name!, tokens, index, style))
            {
                if (name!.Code is not null) mentions.Add(new(name.Code, index, words));
                index += words;
            }
            else index++;
        }
        return georgia.Decide(mentions, tokens);
    }

    private void Add(string[] fields)
    {
        foreach (var name in fields[1..])
        {
            if (fields[0] == OrdinaryWord)
            {
                if (names.Find(name) is { } known) known.IsWord = true;
                continue;
            }
            names.Set(name, new Name(fields[0] == NoCountry ? null : fields[0])
            {
                IsAcronym = name.Length > 1 && name.All(char.IsAsciiLetterUpper),
                IsCapitalised = char.IsUpper(name[0]),
            });
        }
    }

    private static bool Fits(Name name, Tokens tokens, int index, LetterCase style)
    {
        ref readonly var token = ref tokens[index];
        if (name.IsAcronym)
        {
            // "US" among capitals may be "us": only its dots tell.
            var dotted = token.In(tokens.Text).Contains('.');
            return token.IsAcronym(tokens.Text) && (dotted || style != LetterCase.Upper || token.Length > 2);
        }
        return !name.IsCapitalised || char.IsUpper(token.First(tokens.Text)) || (style == LetterCase.Lower && !name.IsWord);
    }

    private static IEnumerable<string[]> Lines(string file)
    {
        using var stream = typeof(Gazetteer).Assembly.GetManifestResourceStream($"Monitoring.Classification.Geography.{file}")
            ?? throw new InvalidOperationException($"{file} is not built in.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) if (!line.StartsWith('#')) yield return line.Split('\t');
    }
}
