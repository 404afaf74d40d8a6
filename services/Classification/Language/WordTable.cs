namespace Monitoring.Classification.Language;

/// <summary>
/// Numbers words in the order of their coming, without regard to case. A word of a text is looked up in the time that it takes to read it,
/// and one that is not known is mostly told by its hash alone.
/// </summary>
internal sealed class WordTable
{
    private readonly List<string> words = [];
    private readonly List<uint> hashes = [];
    /// <summary>One more than a word's number, 0 where there is none; always more than half empty.</summary>
    private int[] slots = new int[64];

    public int Count => words.Count;

    /// <summary>Whether a word of this hash is known: most words of a text end here.</summary>
    public bool Has(uint hash)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; slots[slot] is > 0 and var entry; slot = slot + 1 & mask)
            if (hashes[entry - 1] == hash) return true;
        return false;
    }

    /// <summary>The number of a word of this hash, or -1.</summary>
    public int Find(ReadOnlySpan<char> word, uint hash)
    {
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; slots[slot] is > 0 and var entry; slot = slot + 1 & mask)
            if (hashes[entry - 1] == hash && word.Equals(words[entry - 1], StringComparison.OrdinalIgnoreCase)) return entry - 1;
        return -1;
    }

    /// <summary>The word's number, which it gets now where it is new.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        var hash = Hash(word);
        if (Find(word, hash) is >= 0 and var known) return known;
        words.Add(word.ToString());
        hashes.Add(hash);
        if (words.Count * 2 > slots.Length)
        {
            slots = new int[slots.Length * 2];
            for (var number = 0; number < words.Count; number++) Place(number);
        }
        else Place(words.Count - 1);
        return words.Count - 1;
    }

    private void Place(int number)
    {
        var mask = slots.Length - 1;
        var slot = (int)hashes[number] & mask;
        while (slots[slot] > 0) slot = slot + 1 & mask;
        slots[slot] = number + 1;
    }

    /// <summary>The same for a word in capitals and in small letters, and for initials with and without their dots.</summary>
    public static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        var isInitials = IsInitials(word);
        foreach (var character in word)
        {
            if (character == '.' && isInitials) continue;
            hash = (hash ^ (char.IsAsciiLetterLower(character) ? character & 0xffdfu : character < 128 ? character : char.ToUpperInvariant(character))) * 16777619u;
        }
        return hash ^ hash >> 15;
    }

    /// <summary><c>U.S</c> and <c>U.N.H.C.R</c>.</summary>
    public static bool IsInitials(ReadOnlySpan<char> word) => word.Length > 2 && word[1] == '.' && !char.IsDigit(word[0]);
}
