namespace Monitoring.Classification.Stories;

/// <summary>A key under which reports of one event are looked for.</summary>
/// <param name="Hash">Of what it stands for.</param>
/// <param name="Weight">How much it speaks for one event.</param>
/// <param name="IsKept">Whether the report is found by it, too; others it only looks by.</param>
/// <param name="IsMinute">A minute of publication, which says something only where few others share it.</param>
internal readonly record struct BlockKey(int Hash, float Weight, bool IsKept, bool IsMinute);

/// <summary>
/// The keys of a report: its rarest words, the pairs of them, its address and identity, and the minute in which it was published, by which
/// alone nothing is joined. Kept are fewer than looked for, so that an index of all reports is small and a word which is rare enough for one
/// of two reports brings them together.
/// </summary>
internal static class BlockKeys
{
    private const int KeptWords = 2;
    private const int KeptPairWords = 5;
    private const int SoughtWords = 6;
    private const int SoughtPairWords = 6;
    private const float Same = 1_000;

    private enum Kind { Word, Pair, Minute, Url, Identity }

    public static List<BlockKey> Of(Signature signature)
    {
        var words = signature.Words.Where(word => word.Weight > 0).ToList();
        var keys = new List<BlockKey>(32);
        for (var one = 0; one < Math.Min(words.Count, SoughtWords); one++)
        {
            keys.Add(new(Hash(Kind.Word, words[one].Hash, 0), words[one].Weight, one < KeptWords, false));
            for (var other = one + 1; other < Math.Min(words.Count, SoughtPairWords); other++)
            {
                // In whichever order the two reports have them.
                var (low, high) = words[one].Hash < words[other].Hash ? (words[one].Hash, words[other].Hash) : (words[other].Hash, words[one].Hash);
                keys.Add(new(Hash(Kind.Pair, low, high), words[one].Weight + words[other].Weight, other < KeptPairWords, false));
            }
        }
        if (signature.HasMinute)
        {
            var minute = (int)(signature.ToldAt / 60);
            for (var near = -1; near <= 1; near++) keys.Add(new(Hash(Kind.Minute, minute + near, 0), 20, near == 0, true));
        }
        if (signature.Url != 0) keys.Add(new(Hash(Kind.Url, signature.Url, 0), Same, true, false));
        if (signature.Identity != 0) keys.Add(new(Hash(Kind.Identity, signature.Identity, 0), Same, true, false));
        return keys;
    }

    /// <summary>Spread over all bits (of the finalizer of SplitMix64 one half).</summary>
    private static int Hash(Kind kind, int one, int other)
    {
        var hash = ((ulong)(uint)one << 32 | (uint)other) + ((ulong)kind + 1) * 0x9E3779B97F4A7C15;
        hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ hash >> 27) * 0x94D049BB133111EB;
        return (int)(hash ^ hash >> 31);
    }
}
