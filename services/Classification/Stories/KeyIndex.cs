namespace Monitoring.Classification.Stories;

/// <summary>
/// Stored reports by their <see cref="BlockKeys"/>, in memory: a look-up is a probe of one array, however many reports the window holds.
/// Of each key it knows the <see cref="Joining.ReportsOfKeyAtMost"/> reports that were told last. Some 200 bytes a report; not for
/// several threads at once.
/// </summary>
internal sealed class KeyIndex
{
    private const int LeastSlots = 1 << 12;

    private readonly record struct Entry(Guid Report, long ToldAt, DateTimeOffset AddedAt);

    private readonly Dictionary<int, float> hits = [];
    // A report's number is its place here.
    private List<Entry> entries = [];
    // Those before this one are forgotten; others take their slots, until all are laid out anew.
    private int first;
    // Linear probing. Of a slot, the upper half is the key and the lower one the report's number plus one; 0 is free.
    private ulong[] slots = new ulong[LeastSlots];
    private int used;

    /// <summary>Reports that can be found.</summary>
    public int Count => entries.Count - first;

    /// <summary>Lets a report be found; a later revision of one that is known is found beside it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="toldAt">When it was told, in seconds since 1970.</param>
    /// <param name="addedAt">When it was stored.</param>
    /// <param name="keys">What it is found by, each once.</param>
    public void Add(Guid report, long toldAt, DateTimeOffset addedAt, ReadOnlySpan<int> keys)
    {
        if (used + keys.Length > slots.Length / 3 * 2) LayOut(keys.Length);
        entries.Add(new(report, toldAt, addedAt));
        foreach (var key in keys) Put((uint)key, entries.Count - 1);
    }

    /// <summary>Forgets the reports at the beginning that were stored before a time.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (first < entries.Count && entries[first].AddedAt < before) first++;
    }

    /// <summary>The <see cref="Joining.ReportsAtMost"/> reports that share the most with one and were told within the window, and the weight of what they share.</summary>
    public List<(Guid Report, float Weight)> Find(JoiningReport report, TimeSpan window)
    {
        hits.Clear();
        Span<int> found = stackalloc int[Joining.ReportsOfKeyAtMost];
        foreach (var key in report.Keys)
        {
            var count = 0;
            for (var at = Start((uint)key.Hash); slots[at] != 0; at = Next(at))
                if (KeyOf(slots[at]) == (uint)key.Hash && NumberOf(slots[at]) is var number && IsNear(number)) found[count++] = number;
            // A minute that is full says nothing.
            if (key.IsMinute && count == found.Length) continue;
            foreach (var number in found[..count]) hits[number] = hits.GetValueOrDefault(number) + key.Weight;
        }
        return [.. hits.Select(hit => (entries[hit.Key].Report, Weight: hit.Value)).Where(hit => hit.Report != report.Id)
            .GroupBy(hit => hit.Report, (id, revisions) => (Report: id, Weight: revisions.Max(hit => hit.Weight)))
            .OrderByDescending(hit => hit.Weight).ThenBy(hit => hit.Report).Take(Joining.ReportsAtMost)];

        bool IsNear(int number) => number >= first && Math.Abs(entries[number].ToldAt - report.Signature.ToldAt) <= window.TotalSeconds;
    }

    private static uint KeyOf(ulong slot) => (uint)(slot >> 32);

    private static int NumberOf(ulong slot) => (int)(uint)slot - 1;

    // Its upper bits are those that all bits of the key had a part in.
    private int Start(uint key) => (int)(key * 0x9E3779B97F4A7C15 >> 32) & slots.Length - 1;

    private int Next(int at) => at + 1 & slots.Length - 1;

    /// <summary>Puts a report under a key: where that has as many as it may, in place of the one that was told first.</summary>
    private void Put(uint key, int number)
    {
        var (count, earliest, free) = (0, -1, -1);
        var at = Start(key);
        for (; slots[at] != 0; at = Next(at))
        {
            if (NumberOf(slots[at]) < first) free = free < 0 ? at : free;
            else if (KeyOf(slots[at]) == key)
            {
                count++;
                if (earliest < 0 || ToldAt(at) < ToldAt(earliest)) earliest = at;
            }
        }
        if (count == Joining.ReportsOfKeyAtMost)
        {
            if (entries[number].ToldAt < ToldAt(earliest)) return;
            at = earliest;
        }
        else if (free >= 0) at = free;
        else used++;
        slots[at] = (ulong)key << 32 | (uint)(number + 1);

        long ToldAt(int slot) => entries[NumberOf(slots[slot])].ToldAt;
    }

    /// <summary>Makes room, without what is forgotten.</summary>
    private void LayOut(int more)
    {
        var kept = slots.Where(slot => slot != 0 && NumberOf(slot) >= first).ToArray();
        var (size, forgotten) = (LeastSlots, first);
        while (size < (kept.Length + more) * 2) size *= 2;
        (entries, first, slots, used) = (entries[first..], 0, new ulong[size], 0);
        foreach (var slot in kept) Put(KeyOf(slot), NumberOf(slot) - forgotten);
    }
}
