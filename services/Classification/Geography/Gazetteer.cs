using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Finds countries and places in texts: by the names, adjectives and people of countries, by cities, regions and waters, and by who and
/// what stands for a state. Whole words only, the longest name first, so that Niger is not in Nigeria and Guinea not in Papua New Guinea.
/// </summary>
internal sealed class Gazetteer
{
    private readonly PhraseTrie<Name> names;
    private readonly Company company;
    private readonly ForeignNames foreign = ForeignNames.Load();

    private Gazetteer(PhraseTrie<Name> names, Company company) => (this.names, this.company) = (names, company);

    /// <summary>Reads the names that are built in.</summary>
    public static Gazetteer Load()
    {
        var (names, borders) = GazetteerReader.Read();
        return new Gazetteer(names, new Company(borders));
    }

    /// <summary>The countries and places that a text names, in its order.</summary>
    public IReadOnlyList<Mention> Find(Tokens tokens) => Find(tokens, Tokens.Of(""), language: null).Title;

    /// <summary>The countries and places that a title and its text name; each helps to read the other.</summary>
    /// <param name="title">The title.</param>
    /// <param name="text">The text.</param>
    /// <param name="language">BCP 47 tag of both; read as English where it is not known.</param>
    public (IReadOnlyList<Mention> Title, IReadOnlyList<Mention> Text) Find(Tokens title, Tokens text, string? language)
    {
        var primary = language is [_, _, '-', ..] ? language[..2] : language;
        if (primary is null || !foreign.Knows(primary)) return FindEnglish(title, text);
        var (inTitle, inText) = (foreign.Find(title, primary), foreign.Find(text, primary));
        if (!ForeignNames.SharesPlaces(primary)) return (inTitle, inText);
        var (placesInTitle, placesInText) = FindEnglish(title, text);
        placesInTitle.RemoveAll(place => foreign.IsWord(title, place, primary));
        placesInText.RemoveAll(place => foreign.IsWord(text, place, primary));
        return (WithPlaces(inTitle, placesInTitle), WithPlaces(inText, placesInText));
    }

    private (List<Mention> Title, List<Mention> Text) FindEnglish(Tokens title, Tokens text)
    {
        var (inTitle, inText) = (Hits(title), Hits(text));
        var around = company.Of(title, inTitle, text, inText);
        return (company.Decide(title, inTitle, around), company.Decide(text, inText, around));
    }

    /// <summary>Adds the cities and countries that most languages of the Latin script call alike, between the names of the text's own language.</summary>
    private static List<Mention> WithPlaces(List<Mention> own, List<Mention> english)
    {
        var all = new List<Mention>(own.Count + english.Count);
        var next = 0;
        foreach (var place in english)
        {
            if (place.Kind is not (NameKind.Place or NameKind.Country or NameKind.People)) continue;
            while (next < own.Count && own[next].Start + own[next].Length <= place.Start) all.Add(own[next++]);
            if (next == own.Count || place.Start + place.Length <= own[next].Start) all.Add(place);
        }
        all.AddRange(own[next..]);
        return all;
    }

    private List<Hit> Hits(Tokens tokens)
    {
        var hits = new List<Hit>();
        var style = tokens.Style;
        for (var index = 0; index < tokens.Count;)
        {
            var words = names.Longest(tokens, index, out var name);
            if (words > 0 && Fits(name!, tokens, index, style))
            {
                hits.Add(new Hit(name!, index, words));
                index += words;
            }
            else index++;
        }
        return hits;
    }

    private static bool Fits(Name name, Tokens tokens, int index, LetterCase style)
    {
        ref readonly var token = ref tokens[index];
        if (name.Kind == NameKind.Abbreviation) return IsAbbreviation(tokens, index, style);
        if (name.IsAcronym)
        {
            // "US" among capitals may be "us": only its dots tell.
            var dotted = token.In(tokens.Text).Contains('.');
            if (style == LetterCase.Lower) return name.IsOfCountry && !name.IsWord;
            return token.IsAcronym(tokens.Text) && (dotted || style != LetterCase.Upper || token.Length > 2) && !IsTicker(tokens, token);
        }
        return !name.IsCapitalised || char.IsUpper(token.First(tokens.Text)) || (style == LetterCase.Lower && !name.IsWord);
    }

    /// <summary>"Butler, Pa." and "Butler, PA", but neither "Miss" nor "ill".</summary>
    private static bool IsAbbreviation(Tokens tokens, int index, LetterCase style)
    {
        if (style != LetterCase.Mixed) return false;
        var dotted = tokens[index].End < tokens.Text.Length && tokens.Text[tokens[index].End] == '.' && char.IsUpper(tokens[index].First(tokens.Text));
        return tokens.IsAfterComma(index) ? dotted || tokens[index].IsAcronym(tokens.Text) : dotted && tokens.Word(index).Contains('.');
    }

    /// <summary>"NASDAQ:ABCD" names a share.</summary>
    private static bool IsTicker(Tokens tokens, Token token) => token.End + 1 < tokens.Text.Length && tokens.Text[token.End] == ':' && char.IsLetter(tokens.Text[token.End + 1]);
}

/// <summary>A name that stands in a text, before it is decided what it means there.</summary>
internal readonly record struct Hit(Name Name, int First, int Words);
