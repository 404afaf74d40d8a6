using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Two Georgias share a name: the country stays unless the company that it keeps in the text is that of the state in the US. A
/// neighbour of the country, or a Georgian, settles it.
/// </summary>
internal sealed class GeorgiaOrTheState
{
    private static readonly string[] OfTheState =
        ["Atlanta", "Savannah", "Fulton County", "Kemp", "Raffensperger", "Warnock", "Ossoff", "GOP", "Republican", "Republicans", "Democrat", "Democrats", "Senate",
         "runoff", "runoffs", "Biden", "Trump", "Bulldogs", "Georgia Tech", "Florida", "Alabama", "South Carolina", "Tennessee", "sheriff", "Marjorie Taylor Greene", "peach"];

    private static readonly string[] OfTheCountry =
        ["Tbilisi", "Georgian", "Georgians", "Russia", "Russian", "South Ossetia", "Abkhazia", "Caucasus", "Armenia", "Azerbaijan", "Saakashvili", "Georgian Dream",
         "Batumi", "EU", "NATO", "Moscow", "Black Sea"];

    private readonly PhraseTrie<object> state = Phrases(OfTheState);
    private readonly PhraseTrie<object> country = Phrases(OfTheCountry);

    public List<Mention> Decide(List<Mention> mentions, Tokens tokens)
    {
        if (!mentions.Exists(mention => IsTheName(mention, tokens)) || !Has(state, tokens) || Has(country, tokens)) return mentions;
        return mentions.ConvertAll(mention => IsTheName(mention, tokens) ? mention with { Code = "US" } : mention);
    }

    private static bool IsTheName(Mention mention, Tokens tokens) => mention.Code == "GE" && tokens.Word(mention.First).Equals("Georgia", StringComparison.OrdinalIgnoreCase);

    private static bool Has(PhraseTrie<object> phrases, Tokens tokens)
    {
        for (var index = 0; index < tokens.Count; index++)
            if (phrases.Longest(tokens, index, out _) > 0) return true;
        return false;
    }

    private static PhraseTrie<object> Phrases(string[] phrases)
    {
        var trie = new PhraseTrie<object>();
        foreach (var phrase in phrases) trie.Set(phrase, trie);
        return trie;
    }
}
