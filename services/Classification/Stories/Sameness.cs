namespace Monitoring.Classification.Stories;

/// <summary>
/// Whether a report tells of the event that an incident is: evidence from words, names, kinds of happenings, numbers, places, sources and
/// times, weighed by a logistic regression; and what keeps apart whatever the words say.
/// </summary>
internal static class Sameness
{
    /// <summary>So many of an incident's latest reports are compared with.</summary>
    public const int ReportsAtMost = 10;

    /// <summary>Names of the features, for whoever fits the weights.</summary>
    public static readonly string[] Features =
    [
        "bias", "top", "centre", "shared", "days", "feed", "numbers differ", "numbers agree", "single", "names told", "words told", "names of it", "words of it",
        "rarest name", "rarest word", "name and word", "happenings agree", "happenings differ", "happenings alike", "happenings new", "neighbour and words",
        "domains agree", "countries agree", "rarest missing",
    ];

    // Fitted on the labelled stories that the project is measured by, in the order of the features; a report in other words counts three
    // times. What one minute says was held at 3: those stories were gathered from sources that publish at once, and a fit would trust it
    // more than other sources deserve. For the same reason no feature counts an incident's reports.
    private static readonly double[] Weights =
    [
        -6.9, 0.97, 6.44, 1.33, -2.01, 0.18, 0.15, 0.07, -0.13, 0.55, -0.2, 2.13, 5.46, 2.31, 1.45, -3.22, -0.62, -0.53, 0.81, -0.76, 3, 0.45, 0.85, 1.46,
    ];

    /// <summary>From this score on a report joins an incident.</summary>
    public const double Enough = 0;
    /// <summary>From this score on it proves a second incident to be the same.</summary>
    public const double EnoughToMerge = 3.5;
    /// <summary>From this <see cref="Closeness"/> on two incidents that a report belongs to are one.</summary>
    public const double CloseEnough = 1;

    private const double Address = 4;
    private const double LowestClose = -8;
    private const int ContentWeight = 12;
    private const int SignificantWeight = 28;
    /// <summary>About one word that is not rare.</summary>
    private const double TooLittle = 50;
    private const double RareEnough = 0.4;
    private const double RarestWeight = 72;
    private const double KmAtMost = 300;

    /// <summary>The logarithm of the odds that it is the same event.</summary>
    /// <param name="report">A report.</param>
    /// <param name="incident">The latest reports of an incident.</param>
    public static double Score(Signature report, IReadOnlyList<Signature> incident)
    {
        var told = WordsOf(incident);
        if (AreApart(report, incident, told)) return double.NegativeInfinity;
        if (incident.Any(other => SameIdentity(report, other))) return Address;
        if (SharesTooLittle(report, incident, told) || IsElsewhere(report, incident, told)) return double.NegativeInfinity;
        Span<double> features = stackalloc double[Features.Length];
        Measure(report, incident, features);
        var score = 0.0;
        for (var index = 0; index < features.Length; index++) score += Weights[index] * features[index];
        return score;
    }

    /// <summary>The mean score of the reports of each of two incidents with the other; what keeps a pair apart counts as a low score.</summary>
    public static double Closeness(IReadOnlyList<Signature> one, IReadOnlyList<Signature> other) =>
        (one.Average(report => Math.Max(LowestClose, Score(report, other))) + other.Average(report => Math.Max(LowestClose, Score(report, one)))) / 2;

    /// <summary>
    /// What no likeness of words outweighs: identifiers that differ; the same sentence with other numbers, unless another report has these;
    /// places that are far from each other; the same headline told again by one feed, which is a series of bulletins; the same frame with
    /// other names in it.
    /// </summary>
    public static bool AreApart(Signature report, IReadOnlyList<Signature> incident) => AreApart(report, incident, WordsOf(incident));

    private static bool AreApart(Signature report, IReadOnlyList<Signature> incident, HashSet<int> told)
    {
        if (report.Identifiers.Count > 0 && incident.Any(other => other.Identifiers.Count > 0) && !incident.Any(other => other.Identifiers.Intersect(report.Identifiers).Any())) return true;
        if (report.Place is { } place && incident.Any(other => other.Place is not null) && !incident.Any(other => other.Place is { } there && Km(place, there) <= KmAtMost)) return true;
        var differ = false;
        foreach (var other in incident)
        {
            if (!IsSameSentence(report, other)) continue;
            if (other.FeedId == report.FeedId && !SameIdentity(report, other)) return true;
            var (mine, theirs) = (Numbers(report), Numbers(other));
            if (mine.SetEquals(theirs)) return false;
            differ |= mine.Count > 0 && theirs.Count > 0;
        }
        if (differ) return true;
        if (incident.Any(other => SameIdentity(report, other))) return false;
        return incident.Any(other => Frames.Contradict(report, other, told));
    }

    private static HashSet<int> WordsOf(IReadOnlyList<Signature> incident) => [.. incident.SelectMany(other => other.Words).Select(word => word.Hash)];

    /// <summary>
    /// Whether they have too little in common beside where they happened: much happens in one town and to one body, and a word such as
    /// "border" is no event. A name is enough; so is any word with a kind of happening that both tell, or in the same minute. Without
    /// these it takes more words, and no happening of another kind.
    /// </summary>
    private static bool SharesTooLittle(Signature report, IReadOnlyList<Signature> incident, HashSet<int> told)
    {
        if (report.Words.Any(word => told.Contains(word.Hash) && Frames.IsOwnName(word))) return false;
        var shared = SharedContent(report, told);
        if (incident.Any(other => (other.Happenings & report.Happenings) != 0 || AreNeighbours(report, other))) return shared == 0;
        return shared <= TooLittle || (report.Happenings != 0 && incident.All(other => other.Happenings != 0));
    }

    /// <summary>Whether they happened in other countries, and no name says that it is one event all the same.</summary>
    private static bool IsElsewhere(Signature report, IReadOnlyList<Signature> incident, HashSet<int> told) =>
        report.Countries.Count > 0 && incident.Any(other => other.Countries.Count > 0) && !incident.Any(other => other.Countries.Any(report.Countries.Contains))
        && !report.Words.Any(word => told.Contains(word.Hash) && Frames.IsOwnName(word));

    private static bool SameIdentity(Signature one, Signature other) =>
        (one.Url != 0 && one.Url == other.Url) || (one.Identity != 0 && one.Identity == other.Identity);

    /// <summary>Whether two titles are the same but for their numbers.</summary>
    private static bool IsSameSentence(Signature one, Signature other)
    {
        var (shared, all) = (0, 0);
        foreach (var word in one.Words)
        {
            if (word.IsNumber) continue;
            all++;
            foreach (var theirs in other.Words) if (theirs.Hash == word.Hash) { shared++; break; }
        }
        all += other.Words.Count(word => !word.IsNumber) - shared;
        return all > 0 && shared * 10 >= all * 9;
    }

    /// <summary>Whether two reports were published within a minute of each other, by different feeds.</summary>
    private static bool AreNeighbours(Signature one, Signature other) =>
        one.HasMinute && other.HasMinute && one.FeedId != other.FeedId && Math.Abs(one.ToldAt - other.ToldAt) <= 60;

    private static HashSet<int> Numbers(Signature signature) => [.. signature.Words.Where(word => word.IsNumber).Select(word => word.Hash)];

    /// <summary>Writes the <see cref="Features"/>.</summary>
    public static void Measure(Signature report, IReadOnlyList<Signature> incident, Span<double> features)
    {
        var mine = report.Words.ToDictionary(word => word.Hash);
        var theirs = new Dictionary<int, (WeighedWord Word, int Count)>();
        foreach (var other in incident)
            foreach (var word in other.Words) theirs[word.Hash] = (word, theirs.GetValueOrDefault(word.Hash).Count + 1);

        Span<double> cosines = stackalloc double[incident.Count];
        for (var index = 0; index < incident.Count; index++) cosines[index] = Cosine(mine, report.Norm, incident[index]);
        cosines.Sort();
        var top = 0.0;
        var best = Math.Min(3, cosines.Length);
        for (var index = 0; index < best; index++) top += cosines[^(index + 1)] / best;

        var (content, significant, nameShare, wordShare) = (0, 0, new Share(), new Share());
        var (rarestName, rarestWord) = (0.0, 0.0);
        var (numbers, sharedNumbers) = (0, 0);
        foreach (var word in report.Words)
        {
            var isShared = theirs.ContainsKey(word.Hash);
            (word.IsName ? ref nameShare : ref wordShare).Add(Math.Min(word.Weight, RarestWeight), isShared);
            if (word.IsNumber) numbers++;
            if (!isShared) continue;
            if (word.Weight > ContentWeight) content++;
            if (word.Weight > SignificantWeight) significant++;
            ref var rarest = ref word.IsName ? ref rarestName : ref rarestWord;
            rarest = Math.Max(rarest, Math.Min(word.Weight, RarestWeight) / RarestWeight);
            if (word.IsNumber) sharedNumbers++;
        }
        var (dot, square, nameBack, wordBack, theirNumbers, rarestMissing) = (0.0, 0.0, new Share(), new Share(), 0, 0.0);
        foreach (var (hash, (word, count)) in theirs)
        {
            var weight = (double)word.Weight * count / incident.Count;
            square += weight * weight;
            var isShared = mine.ContainsKey(hash);
            if (isShared) dot += weight * word.Weight;
            else if (!word.IsNumber && count * 2 >= incident.Count) rarestMissing = Math.Max(rarestMissing, Math.Min(word.Weight, RarestWeight) / RarestWeight);
            (word.IsName ? ref nameBack : ref wordBack).Add(weight, isShared);
            if (word.IsNumber) theirNumbers++;
        }

        var (any, usual) = (0UL, 0UL);
        for (var kind = 0; kind < 64; kind++)
        {
            var told = incident.Count(other => (other.Happenings >> kind & 1) != 0);
            if (told > 0) any |= 1UL << kind;
            if (told * 2 >= incident.Count) usual |= 1UL << kind;
        }
        var kinds = report.Happenings;

        features[0] = 1;
        features[1] = top;
        features[2] = square > 0 && report.Norm > 0 ? dot / (Math.Sqrt(square) * report.Norm) : 0;
        features[3] = Math.Min(significant, 4) / 4.0;
        features[4] = incident.Min(other => Math.Abs(other.ToldAt - report.ToldAt)) / 86_400.0;
        features[5] = incident.Any(other => other.FeedId == report.FeedId) ? 1 : 0;
        features[6] = numbers > 0 && theirNumbers > 0 && sharedNumbers == 0 ? 1 : 0;
        features[7] = sharedNumbers > 0 ? 1 : 0;
        features[8] = incident.Count == 1 ? 1 : 0;
        features[9] = nameShare.Value;
        features[10] = wordShare.Value;
        features[11] = nameBack.Value;
        features[12] = wordBack.Value;
        features[13] = rarestName;
        features[14] = rarestWord;
        features[15] = rarestName * rarestWord;
        features[16] = (kinds & any) != 0 ? 1 : 0;
        features[17] = kinds != 0 && any != 0 && (kinds & any) == 0 ? 1 : 0;
        features[18] = (kinds | usual) == 0 ? 0 : System.Numerics.BitOperations.PopCount(kinds & usual) / (double)System.Numerics.BitOperations.PopCount(kinds | usual);
        features[19] = System.Numerics.BitOperations.PopCount(kinds & ~any) / 3.0;
        // One name that both tell, such as a country's, is too little for a minute to speak.
        features[20] = (content >= 2 || rarestWord > RareEnough) && incident.Any(other => AreNeighbours(report, other)) ? 1 : 0;
        features[21] = Agreement(report.Domains != 0, incident.Any(other => other.Domains != 0), incident.Any(other => (other.Domains & report.Domains) != 0));
        features[22] = Agreement(report.Countries.Count > 0, incident.Any(other => other.Countries.Count > 0), incident.Any(other => other.Countries.Any(report.Countries.Contains)));
        features[23] = rarestMissing;
    }

    /// <summary>The weight of the words other than places that both tell.</summary>
    private static double SharedContent(Signature report, ICollection<int> told)
    {
        var weight = 0.0;
        foreach (var word in report.Words) if (!word.IsPlace && told.Contains(word.Hash)) weight += Math.Min(word.Weight, RarestWeight);
        return weight;
    }

    /// <summary>1 where both tell the same, -1 where each tells another, 0 where one tells nothing.</summary>
    private static double Agreement(bool one, bool other, bool shared) => shared ? 1 : one && other ? -1 : 0;

    private static double Cosine(Dictionary<int, WeighedWord> mine, double norm, Signature other)
    {
        var dot = 0.0;
        foreach (var word in other.Words) if (mine.ContainsKey(word.Hash)) dot += word.Weight * word.Weight;
        return dot == 0 ? 0 : dot / (norm * other.Norm);
    }

    /// <summary>Over the earth's surface, by the haversine formula.</summary>
    private static double Km((float Lat, float Lon) one, (float Lat, float Lon) other)
    {
        var (lat, lon) = (double.DegreesToRadians(other.Lat - one.Lat) / 2, double.DegreesToRadians(other.Lon - one.Lon) / 2);
        var half = Math.Pow(Math.Sin(lat), 2) + Math.Cos(double.DegreesToRadians(one.Lat)) * Math.Cos(double.DegreesToRadians(other.Lat)) * Math.Pow(Math.Sin(lon), 2);
        return 2 * 6371 * Math.Asin(Math.Sqrt(half));
    }

    /// <summary>A share of weights; a half where there is nothing to share.</summary>
    private struct Share
    {
        private double all;
        private double shared;

        public readonly double Value => all > 0 ? shared / all : 0.5;

        public void Add(double weight, bool isShared)
        {
            all += weight;
            if (isShared) shared += weight;
        }
    }
}
