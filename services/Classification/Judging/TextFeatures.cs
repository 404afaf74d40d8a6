using Monitoring.Classification.Language;

namespace Monitoring.Classification.Judging;

/// <summary>
/// What a text shows: a row of the weights, how strongly, and where: an index into the spans of <see cref="TextFeatures"/>, or -1 for what
/// the text as a whole shows.
/// </summary>
internal record struct Feature(int Row, float Value, int Span, FeatureKind Kind);

/// <summary>Features of one kind share one unit of length, so that a long text is not more of its subject than a short one.</summary>
internal enum FeatureKind { Word, Pair, Part, Group, Topic, Context, Cue, Family, Sign, Harm }

/// <summary>
/// The features of one title and text, hashed into a fixed number of rows: words, neighbours, parts of words, groups of like words, topics
/// and their families, signs and tolls of harm. Reused from text to text; not for several threads.
/// </summary>
internal sealed class TextFeatures
{
    /// <summary>Rows that features are hashed into.</summary>
    public const int Rows = 1 << 20;
    /// <summary>Parts of words are many: they keep to a few rows, which stay in the processor's cache.</summary>
    private const int PartRows = 1 << 17;
    /// <summary>Words of title and text whose parts are looked at: parts help where there are few words, and cost the most.</summary>
    private const int WordsTakenApart = 48;
    private const int Slots = 4;
    private const float TextStrength = 0.7f;

    /// <summary>By kind, how much it counts beside the others: the splits over time and sources chose.</summary>
    internal static readonly float[] Strengths = [1, 0.7f, 1, 1.5f, 1, 1, 1, 1, 1, 1];

    [ThreadStatic] private static TextFeatures? ofThread;

    /// <summary>Steps of the scale of harm to which a toll can reach: about three for each power of ten.</summary>
    private const int HarmSteps = 16;

    /// <summary>Rows of the steps of harm, by what was suffered, least first.</summary>
    public static readonly int[] HarmRows = [.. Enumerable.Range(0, HarmSteps * 3).Select(step => (int)(Mix((uint)step, 7) & (Rows - 1)))];

    /// <summary>The row of the step that a number of people reaches.</summary>
    public static int HarmRow(Harm harm, double people) => HarmRows[(int)harm * HarmSteps + HarmStep(people)];

    private readonly uint[] seen = new uint[1 << 15];
    private readonly float[] squares = new float[Strengths.Length];
    private Feature[] features = new Feature[1024];
    private uint[] hashes = new uint[256];
    private int[] longest = new int[256];
    private bool[] isFigure = new bool[256];
    private Tokens title = Tokens.Of("");
    private Tokens text = Tokens.Of("");
    private uint generation;
    private int count;

    /// <summary>The calling thread's own.</summary>
    public static TextFeatures OfThread => ofThread ??= new TextFeatures();

    public ReadOnlySpan<Feature> Found => features.AsSpan(0, count);

    /// <summary>How many spans features can lie on.</summary>
    public int Spans => Slots * (title.Count + text.Count);

    public static uint HashOf(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var character in word) hash = (hash ^ Lower(character)) * 16777619u;
        return hash;
    }

    /// <summary>Reads a title and a text, in place of what was read before.</summary>
    public void Read(Tokens newTitle, Tokens newText)
    {
        (title, text, count) = (newTitle, newText, 0);
        Array.Clear(squares);
        NextGeneration();
        var words = title.Count + text.Count;
        if (hashes.Length < words) (hashes, longest, isFigure) = (new uint[words * 2], new int[words * 2], new bool[words * 2]);
        Array.Clear(longest, 0, words);
        Array.Clear(isFigure, 0, words);
        Read(title, 0, 1);
        Read(text, title.Count, title.Count == 0 ? 1 : TextStrength);
        Normalise();
    }

    /// <summary>Where a span lies.</summary>
    public (string Field, int Start, int Length) SpanOf(int span)
    {
        var words = title.Count + text.Count;
        var (slot, first) = (span / words, span % words);
        var length = slot == Slots - 1 ? longest[first] : slot + 1;
        var (tokens, name, index) = first < title.Count ? (title, "title", first) : (text, "text", first - title.Count);
        var last = tokens[index + length - 1];
        return (name, tokens[index].Start, last.Start + last.Length - tokens[index].Start);
    }

    /// <summary>What stands there.</summary>
    public string TextOf(string field, int start, int length) => (field == "title" ? title : text).Text.Substring(start, length);

    private void Read(Tokens tokens, int offset, float strength)
    {
        for (var index = 0; index < tokens.Count; index++) hashes[offset + index] = HashOf(tokens.Word(index));
        AddTopics(tokens, offset, strength);
        for (var index = 0; index < tokens.Count; index++)
        {
            var hash = hashes[offset + index];
            if (!isFigure[offset + index]) AddWord(tokens.Word(index), hash, strength, Span(offset + index, 1), index < WordsTakenApart);
            if (index + 1 < tokens.Count && !tokens[index + 1].Breaks)
                Add(Mix(hash, hashes[offset + index + 1] * 31 + 2), strength, Span(offset + index, 2), FeatureKind.Pair);
        }
        AddHarm(tokens, offset);
        AddSigns(tokens, strength);
    }

    private void AddWord(ReadOnlySpan<char> word, uint hash, float strength, int span, bool apart)
    {
        if (!Add(Mix(hash, 1), strength, span, FeatureKind.Word)) return;
        if (apart) AddParts(word, span, strength);
        var number = WordGroups.BuiltIn.Find(hash);
        if (number < 0) return;
        for (var level = 0; level < WordGroups.Levels; level++)
            Add(Mix(WordGroups.BuiltIn.Of(number, level), (uint)(11 + level)), strength, span, FeatureKind.Group);
    }

    private void AddParts(ReadOnlySpan<char> word, int span, float strength)
    {
        if (word.Length < 3) return;
        for (var start = -1; start < word.Length; start++)
        {
            var hash = 2166136261u;
            for (var end = start; end <= word.Length && end < start + 5; end++)
            {
                var character = end < 0 ? '<' : end == word.Length ? '>' : Lower(word[end]);
                hash = (hash ^ character) * 16777619u;
                if (end - start >= 2) Add(Mix(hash, 4) & (PartRows - 1), strength, span, FeatureKind.Part);
            }
        }
    }

    private void AddTopics(Tokens tokens, int offset, float strength)
    {
        for (var index = 0; index < tokens.Count;)
        {
            var words = Topics.BuiltIn.Longest(tokens, index, out var found);
            if (words == 0)
            {
                index++;
                continue;
            }
            var span = Span(offset + index, words);
            foreach (var topic in found!)
            {
                // What a phrase of several words says as a whole, its words do not say singly: a landslide win moves no ground.
                if (words > 1 && topic.Kind == FeatureKind.Context) isFigure.AsSpan(offset + index, words).Fill(true);
                Add(Mix(topic.Hash, 5), strength, span, topic.Kind);
                Add(Mix(topic.Family, 10), strength, span, FeatureKind.Family);
            }
            index += words;
        }
    }

    private void AddHarm(Tokens tokens, int offset)
    {
        foreach (var toll in Casualties.Find(tokens))
        {
            var span = Span(offset + toll.FirstWord, toll.LastWord - toll.FirstWord + 1);
            // More harm shows all that less harm shows.
            var last = HarmStep(toll.People);
            for (var step = 0; step <= last; step++) Add((uint)HarmRows[(int)toll.Harm * HarmSteps + step], 1, span, FeatureKind.Harm);
        }
    }

    private static int HarmStep(double people) => Math.Min(HarmSteps - 1, (int)(Math.Log10(people) * 3));

    private void AddSigns(Tokens tokens, float strength)
    {
        var read = tokens.Text.AsSpan(0, Math.Min(tokens.Text.Length, Judgement.CharactersRead));
        if (read.Contains('?')) Add(Mix('?', 8), strength, -1, FeatureKind.Sign);
        if (read.ContainsAny('"', '“', '‘')) Add(Mix('"', 8), strength, -1, FeatureKind.Sign);
        Add(Mix((uint)Math.Min(tokens.Count / 4, 8), 9), strength, -1, FeatureKind.Sign);
    }

    /// <summary>Once for each text; says whether it is the first time.</summary>
    private bool Add(uint hash, float value, int span, FeatureKind kind)
    {
        var row = (int)(hash & (Rows - 1));
        var stamp = (generation << 20) | (uint)row;
        var place = (uint)row * 2654435761u >> 17;
        for (var tries = 0; tries < 8; tries++)
        {
            ref var slot = ref seen[(place + tries) & (uint)(seen.Length - 1)];
            if (slot == stamp) return false;
            if (slot >> 20 == generation) continue;
            slot = stamp;
            break;
        }
        if (count == features.Length) Array.Resize(ref features, count * 2);
        features[count++] = new(row, value, span, kind);
        squares[(int)kind] += value * value;
        return true;
    }

    private void Normalise()
    {
        // Harm is harm in a text of any length.
        squares[(int)FeatureKind.Harm] = 1;
        foreach (ref var square in squares.AsSpan()) square = 1 / MathF.Sqrt(Math.Max(square, 1e-6f));
        foreach (ref var feature in features.AsSpan(0, count)) feature.Value *= squares[(int)feature.Kind] * Strengths[(int)feature.Kind];
    }

    private int Span(int first, int words)
    {
        var slot = Math.Min(words, Slots) - 1;
        if (slot == Slots - 1) longest[first] = Math.Max(longest[first], words);
        return slot * (title.Count + text.Count) + first;
    }

    private void NextGeneration()
    {
        generation = (generation + 1) & 0xfff;
        if (generation != 0) return;
        Array.Clear(seen);
        generation = 1;
    }

    private static uint Mix(uint hash, uint salt)
    {
        var mixed = (hash ^ (salt * 0x9E3779B1u)) * 0x85EBCA6Bu;
        mixed = (mixed ^ (mixed >> 15)) * 0xC2B2AE35u;
        return mixed ^ (mixed >> 16);
    }

    private static char Lower(char character) => character < 128 ? (char)(character | (character is >= 'A' and <= 'Z' ? 0x20 : 0)) : char.ToLowerInvariant(character);
}
