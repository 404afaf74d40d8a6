using Monitoring.Contracts;

namespace Monitoring.Classification.Stories;

/// <summary>
/// How far an incident is to be believed, as the Admiralty code numbers it: 1 confirmed by other independent sources, 2 probably true,
/// 3 possibly true, 4 doubtful, 5 improbable, 6 the truth cannot be judged.
/// </summary>
internal static class Credibility
{
    /// <summary>
    /// Feeds of one family are one source, as reliable as the best of them. One source alone is believed by its reliability: A 2, B and C 3,
    /// D 4, E 5, F 6. Several add up (A 4, B 3, C 2, D and F 1, E nothing): from six on, with at least one of A to C, the incident is
    /// confirmed; four are 2, two are 3, one is 4; and others never make it less credible than the best of them alone.
    /// </summary>
    public static int Of(IEnumerable<(string Family, Reliability Reliability)> reports)
    {
        var sources = reports.GroupBy(report => report.Family, (_, same) => same.Min(report => report.Reliability)).ToList();
        if (sources.Count == 0) return 6;
        var alone = Alone(sources.Min());
        if (sources.Count == 1) return alone;
        var together = sources.Sum(Weight) switch
        {
            >= 6 when sources.Min() <= Reliability.C => 1,
            >= 4 => 2,
            >= 2 => 3,
            1 => 4,
            _ => 5,
        };
        return Math.Min(together, alone);
    }

    private static int Alone(Reliability reliability) => reliability switch
    {
        Reliability.A => 2,
        Reliability.B or Reliability.C => 3,
        Reliability.D => 4,
        Reliability.E => 5,
        _ => 6,
    };

    private static int Weight(Reliability reliability) => reliability switch
    {
        Reliability.A => 4,
        Reliability.B => 3,
        Reliability.C => 2,
        Reliability.E => 0,
        _ => 1,
    };
}
