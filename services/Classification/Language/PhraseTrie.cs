namespace Monitoring.Classification.Language;

/// <summary>
/// Phrases, word by word, so that a text finds all of them in one pass whose cost does not grow with their number. Words are compared
/// without regard to case; initials also match without their dots.
/// </summary>
internal sealed class PhraseTrie<T> where T : class
{
    private const int Root = 0;
    private const int LongestInitials = 16;

    private readonly WordTable words = new();
    /// <summary>By word, the node that it leads to from the root, where most words of a text end; 0 where it leads nowhere.</summary>
    private readonly List<int> first = [];
    private readonly Dictionary<(int Node, int Word), int> edges = [];
    private readonly List<T?> values = [null];

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
        var hash = tokens.Hash(index);
        if (!words.Has(hash)) return false;
        Span<char> plain = stackalloc char[LongestInitials];
        var word = words.Find(WithoutDots(tokens.Word(index), plain), hash);
        if (word < 0) return false;
        if (node != Root) return edges.TryGetValue((node, word), out node);
        node = first[word];
        return node != Root;
    }

    private int WordOf(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[LongestInitials];
        var word = words.Add(WithoutDots(text, plain));
        if (word == first.Count) first.Add(Root);
        return word;
    }

    private int Child(int node, int word)
    {
        if (node == Root ? first[word] is > Root and var child : edges.TryGetValue((node, word), out child)) return child;
        child = values.Count;
        if (node == Root) first[word] = child;
        else edges.Add((node, word), child);
        values.Add(null);
        return child;
    }

    private static ReadOnlySpan<char> WithoutDots(ReadOnlySpan<char> word, Span<char> room)
    {
        if (word.Length > room.Length || !WordTable.IsInitials(word)) return word;
        var length = 0;
        foreach (var character in word) if (character != '.') room[length++] = character;
        return room[..length];
    }
}
