namespace Monitoring.Classification.Language;

/// <summary>
/// Phrases, word by word, so that a text finds all of them in one pass whose cost does not grow with their number. Words are compared
/// without regard to case; initials also match without their dots.
/// </summary>
internal sealed class PhraseTrie<T> where T : class
{
    private const int Root = 0;
    private const int LongestInitials = 16;

    private readonly Dictionary<string, int> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly Dictionary<(int Node, int Word), int> edges = [];
    private readonly List<T?> values = [null];

    public PhraseTrie() => lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What stands at a phrase, or <c>null</c>.</summary>
    public T? Find(string phrase)
    {
        var tokens = Tokens.Of(phrase);
        var node = Root;
        for (var index = 0; index < tokens.Count; index++)
            if (!TryStep(tokens, index, ref node)) return null;
        return values[node];
    }

    /// <summary>Puts a value at a phrase, in place of what was there.</summary>
    public void Set(string phrase, T? value)
    {
        var tokens = Tokens.Of(phrase);
        var node = Root;
        for (var index = 0; index < tokens.Count; index++) node = Child(node, WordOf(tokens.Word(index)));
        values[node] = value;
    }

    /// <summary>The longest phrase that begins at a word; its length in words, 0 where none does.</summary>
    public int Longest(Tokens tokens, int start, out T? value)
    {
        var (node, length) = (Root, 0);
        value = null;
        for (var index = start; index < tokens.Count; index++)
        {
            if (index > start && tokens[index].Breaks) break;
            if (!TryStep(tokens, index, ref node)) break;
            if (values[node] is not { } found) continue;
            value = found;
            length = index - start + 1;
        }
        return length;
    }

    private bool TryStep(Tokens tokens, int index, ref int node)
    {
        Span<char> plain = stackalloc char[LongestInitials];
        if (!lookup.TryGetValue(WithoutDots(tokens.Word(index), plain), out var word)) return false;
        return edges.TryGetValue((node, word), out node);
    }

    private int WordOf(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[LongestInitials];
        var key = WithoutDots(text, plain);
        if (lookup.TryGetValue(key, out var word)) return word;
        words.Add(key.ToString(), words.Count);
        return words.Count - 1;
    }

    private int Child(int node, int word)
    {
        if (edges.TryGetValue((node, word), out var child)) return child;
        edges.Add((node, word), values.Count);
        values.Add(null);
        return values.Count - 1;
    }

    private static ReadOnlySpan<char> WithoutDots(ReadOnlySpan<char> word, Span<char> room)
    {
        if (word.Length < 3 || word.Length > room.Length || word[1] != '.' || char.IsDigit(word[0])) return word;
        var length = 0;
        foreach (var character in word) if (character != '.') room[length++] = character;
        return room[..length];
    }
}
