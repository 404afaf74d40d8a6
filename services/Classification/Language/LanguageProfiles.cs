using System.Numerics;
using System.Runtime.InteropServices;

namespace Monitoring.Classification.Language;

/// <summary>
/// The languages of one script, told apart by their common words and by runs of one to three letters (naive Bayes over both). A text is compared
/// with all of them at once: each word and each run has one row of weights, one for each language.
/// </summary>
internal sealed class LanguageProfiles
{
    private const int Room = 32;
    private const int LettersRead = 24;
    private const int WordsReadByLetter = 20;
    private const int ShortAcronym = 5;
    private const char Edge = ' ';

    /// <summary>What a word of its list tells for a language, in nats; runs of letters overlap, so each tells less than it seems to.</summary>
    private const float WordWeight = 2.2f;
    private const float RunWeight = 0.35f;
    private const float NameShare = 0.4f;
    private const float Smoothing = 0.3f;
    private const float Prior = 1.5f;

    /// <summary>How far the likeliest language must be ahead; farther where no known word speaks for it.</summary>
    private const float Lead = 0.8f;
    private const float LeadWithoutWord = 2.5f;

    /// <summary>How far it must be ahead of the one that the report declares: three common words or so.</summary>
    private const float LeadOverTold = 6;

    private readonly string[] tags;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> words;
    private readonly Dictionary<ulong, int> runs = [];
    private readonly float[] weights;

    /// <param name="lists">The languages of a script, the commonest first, with their common words in lower case, parted by spaces.</param>
    public LanguageProfiles(IReadOnlyList<(string Tag, string Words)> lists)
    {
        if (lists.Count > Room) throw new InvalidOperationException($"There is room for {Room} languages of a script, and {lists.Count} are listed.");
        tags = [.. lists.Select(list => list.Tag)];
        var rows = new List<float[]>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        words = known.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var language = 0; language < tags.Length; language++) Count(lists[language].Words.Split(' ').Distinct(StringComparer.Ordinal), language, known, rows);
        foreach (var row in known.Values) for (var language = 0; language < tags.Length; language++) rows[row][language] *= WordWeight;
        WeighRuns(rows);
        weights = [.. rows.SelectMany(row => row)];
    }

    /// <summary>The likeliest language of two texts together, or <c>null</c> where none is clearly ahead.</summary>
    public string? Of(Tokens title, Tokens text, int wordsRead)
    {
        Span<float> scores = stackalloc float[Room];
        Span<float> byWords = stackalloc float[Room];
        Score(title, text, wordsRead, scores, byWords);
        var (best, second) = (0, -1);
        for (var language = 1; language < tags.Length; language++)
        {
            if (scores[language] > scores[best]) (best, second) = (language, best);
            else if (second < 0 || scores[language] > scores[second]) second = language;
        }
        var lead = second < 0 ? scores[best] : scores[best] - scores[second];
        return lead >= (byWords[best] > 0 ? Lead : LeadWithoutWord) ? tags[best] : null;
    }

    /// <summary>The language that two texts together are in rather than in the one that is declared; <c>null</c> where that may well be right.</summary>
    public string? Against(ReadOnlySpan<char> told, Tokens title, Tokens text, int wordsRead)
    {
        var declared = -1;
        for (var language = 0; language < tags.Length; language++) if (told.Equals(tags[language], StringComparison.OrdinalIgnoreCase)) declared = language;
        if (declared < 0) return null;
        Span<float> scores = stackalloc float[Room];
        Span<float> byWords = stackalloc float[Room];
        Score(title, text, wordsRead, scores, byWords);
        var best = declared;
        for (var language = 0; language < tags.Length; language++) if (scores[language] > scores[best]) best = language;
        return scores[best] - scores[declared] >= LeadOverTold && byWords[best] > byWords[declared] ? tags[best] : null;
    }

    private void Score(Tokens title, Tokens text, int wordsRead, Span<float> scores, Span<float> byWords)
    {
        scores.Clear();
        byWords.Clear();
        scores[0] = Prior;
        Add(title, wordsRead, WordsReadByLetter, scores, byWords);
        Add(text, wordsRead - title.Count, WordsReadByLetter - title.Count, scores, byWords);
        for (var language = 0; language < tags.Length; language++) scores[language] += byWords[language];
    }

    private void Add(Tokens tokens, int wordsRead, int wordsReadByLetter, Span<float> scores, Span<float> byWords)
    {
        Span<char> letters = stackalloc char[LettersRead + 2];
        letters[0] = Edge;
        for (var index = 0; index < tokens.Count && index < wordsRead; index++)
        {
            var word = tokens.Word(index);
            if (char.IsDigit(word[0])) continue;
            var isAcronym = word.Length <= ShortAcronym && tokens[index].IsAcronym(tokens.Text);
            // A capital inside a text is often a name's, and names come from everywhere.
            var share = index > 0 && char.IsUpper(word[0]) ? NameShare : 1;
            var length = 0;
            foreach (var character in word)
            {
                // An elided article is a word of its own: l'armée, dell'isola.
                if (character is '\'' or '’' && length > 0)
                {
                    AddRow(words, letters.Slice(1, length), share, byWords);
                    length = 0;
                }
                else if (length < LettersRead) letters[++length] = char.ToLowerInvariant(character);
            }
            AddRow(words, letters.Slice(1, length), share, byWords);
            if (isAcronym || index >= wordsReadByLetter) continue;
            letters[length + 1] = Edge;
            for (var start = 0; start < length; start++)
            {
                AddRow(Run(letters.Slice(start, 3)), share, scores);
                AddRow(Run(letters.Slice(start, 2)), share, scores);
                if (letters[start + 1] > '\x7f') AddRow(Run(letters.Slice(start + 1, 1)), share, scores);
            }
        }
    }

    private void AddRow(ulong run, float share, Span<float> scores)
    {
        if (runs.TryGetValue(run, out var row)) Sum(row, share, scores);
    }

    private void AddRow(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> rows, ReadOnlySpan<char> word, float share, Span<float> scores)
    {
        if (rows.TryGetValue(word, out var row)) Sum(row, share, scores);
    }

    private void Sum(int row, float share, Span<float> scores)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var addends = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(row * Room, Room));
        for (var lane = 0; lane < sums.Length; lane++) sums[lane] += share * addends[lane];
    }

    private static ulong Run(ReadOnlySpan<char> letters)
    {
        var run = 0ul;
        foreach (var letter in letters) run = run << 16 | letter;
        return run;
    }

    private void Count(IEnumerable<string> list, int language, Dictionary<string, int> known, List<float[]> rows)
    {
        foreach (var word in list)
        {
            rows[RowOf(known, word, rows)][language] = 1;
            var edged = $"{Edge}{word}{Edge}";
            for (var start = 0; start < word.Length; start++)
            {
                rows[RowOf(runs, Run(edged.AsSpan(start, 3)), rows)][language]++;
                rows[RowOf(runs, Run(edged.AsSpan(start, 2)), rows)][language]++;
                if (word[start] > '\x7f') rows[RowOf(runs, Run(word.AsSpan(start, 1)), rows)][language]++;
            }
        }
    }

    private static int RowOf<TKey>(Dictionary<TKey, int> index, TKey key, List<float[]> rows) where TKey : notnull
    {
        if (index.TryGetValue(key, out var row)) return row;
        index.Add(key, rows.Count);
        rows.Add(new float[Room]);
        return rows.Count - 1;
    }

    /// <summary>Counts become logarithms of how much likelier a run is in a language than in the others.</summary>
    private void WeighRuns(List<float[]> rows)
    {
        var totals = new float[tags.Length];
        foreach (var row in runs.Values) for (var language = 0; language < tags.Length; language++) totals[language] += rows[row][language];
        foreach (var row in runs.Values)
        {
            var logs = new float[tags.Length];
            for (var language = 0; language < tags.Length; language++)
                logs[language] = MathF.Log((rows[row][language] + Smoothing) / (totals[language] + Smoothing * runs.Count));
            var mean = logs.Average();
            for (var language = 0; language < tags.Length; language++) rows[row][language] = RunWeight * (logs[language] - mean);
        }
    }
}
