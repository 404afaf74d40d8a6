namespace Monitoring.Classification.Language;

/// <summary>
/// Phrases, character by character, in folded writing. A <c>~</c> in a phrase stands for any rest of a word (<c>обстрел~</c>,
/// <c>ракетн~ удар~</c>), one at its beginning for any beginning of a word (<c>~beben</c>).
/// </summary>
internal sealed class CharacterTrie
{
    private const char Rest = '~';
    private const int Root = 0;

    // Node n has the characters labels[first[n]..first[n + 1]] to go on by; child i of them is node first[n] + i + 1.
    private readonly int[] first;
    private readonly char[] labels;
    private readonly int[] values;
    private readonly int inside;

    /// <param name="phrases">Phrases and their values, which are not negative.</param>
    public CharacterTrie(IEnumerable<(string Phrase, int Value)> phrases)
    {
        var nodes = new List<SortedDictionary<char, int>> { new() };
        var found = new List<int> { -1 };
        foreach (var (phrase, value) in phrases)
        {
            var node = Root;
            foreach (var character in Folded(phrase))
            {
                if (!nodes[node].TryGetValue(character, out var child))
                {
                    nodes[node].Add(character, child = nodes.Count);
                    nodes.Add([]);
                    found.Add(-1);
                }
                node = child;
            }
            found[node] = value;
        }
        (first, labels, values) = (new int[nodes.Count + 1], new char[nodes.Count - 1], new int[nodes.Count]);
        Lay(nodes, found);
        inside = Child(Root, Rest);
    }

    /// <summary>The longest phrase that begins where a word does: where it ends, or -1 where there is none.</summary>
    public int Longest(ReadOnlySpan<char> folded, int start, out int value) => Walk(Root, Folding.Nothing, folded, start, out value);

    /// <summary>The longest phrase that may begin inside a word.</summary>
    public int LongestInside(ReadOnlySpan<char> folded, int start, out int value)
    {
        value = -1;
        return inside < 0 ? -1 : Walk(inside, Folding.Nothing, folded, start, out value);
    }

    /// <summary>Whether any phrase may begin inside a word.</summary>
    public bool ReachesInside => inside >= 0;

    // `last` is the character that was read before, by which the end of its word is seen.
    private int Walk(int node, char last, ReadOnlySpan<char> folded, int position, out int value)
    {
        var end = -1;
        value = -1;
        while (true)
        {
            while (position < folded.Length && folded[position] == Folding.Nothing) position++;
            if (values[node] >= 0 && EndsWord(last, folded, position)) (end, value) = (position, values[node]);
            if (Child(node, Rest) is >= 0 and var rest && TryRest(rest, last, folded, position, out var endOfRest, out var ofRest) && endOfRest >= end)
                (end, value) = (endOfRest, ofRest);
            if (position == folded.Length) return end;
            last = folded[position];
            node = Child(node, last);
            if (node < 0) return end;
            position++;
            if (last != Folding.Space) continue;
            while (position < folded.Length && folded[position] == Folding.Space) position++;
        }
    }

    private bool TryRest(int node, char last, ReadOnlySpan<char> folded, int position, out int end, out int value)
    {
        while (!EndsWord(last, folded, position))
        {
            if (folded[position] != Folding.Nothing) last = folded[position];
            position++;
        }
        end = Walk(node, last, folded, position, out value);
        return end >= 0;
    }

    private static bool EndsWord(char last, ReadOnlySpan<char> folded, int position) =>
        position == folded.Length || folded[position] != Folding.Nothing && !Folding.Joins(last, folded[position]);

    private int Child(int node, char label)
    {
        var index = labels.AsSpan(first[node]..first[node + 1]).IndexOf(label);
        return index < 0 ? -1 : first[node] + index + 1;
    }

    /// <summary>Numbers the nodes breadth first, so that the children of each lie side by side.</summary>
    private void Lay(List<SortedDictionary<char, int>> nodes, List<int> found)
    {
        var order = new List<int>(nodes.Count) { Root };
        for (var index = 0; index < order.Count; index++)
        {
            first[index] = order.Count - 1;
            values[index] = found[order[index]];
            foreach (var (label, child) in nodes[order[index]])
            {
                labels[order.Count - 1] = label;
                order.Add(child);
            }
        }
        first[^1] = labels.Length;
    }

    private static string Folded(string phrase)
    {
        var folded = new char[phrase.Length];
        Folding.Fold(phrase, folded);
        for (var index = 0; index < phrase.Length; index++) if (phrase[index] == Rest) folded[index] = Rest;
        return string.Concat(folded.Where(character => character != Folding.Nothing));
    }
}
