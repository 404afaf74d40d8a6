using System.Globalization;
using Monitoring.Load.Client;

namespace Monitoring.Load.Figures;

/// <summary>
/// What the posts alone tell: rates, how long they took, and the requests that were not answered with 202, by status
/// (<c>connection</c> where no answer came).
/// </summary>
internal sealed record PostingFigures(
    int Accepted, double AcceptedPerSecond, double RequestsPerSecond, Percentiles? Milliseconds, IReadOnlyDictionary<string, int> Errors)
{
    public static PostingFigures Of(IReadOnlyList<Sent> sent)
    {
        if (sent.Count == 0) return new(0, 0, 0, null, new Dictionary<string, int>());
        var began = sent.Min(one => one.StartedAt);
        var ended = sent.Max(one => one.StartedAt + one.Took.Ticks);
        var seconds = TimeSpan.FromTicks(ended - began).TotalSeconds;
        var accepted = sent.Sum(one => one.Accepted);
        return new(
            accepted,
            Math.Round(accepted / seconds, 1),
            Math.Round(sent.Count / seconds, 1),
            Percentiles.Of(sent.Where(one => one.Status == 202).Select(one => one.Took)),
            sent.Where(one => one.Status != 202)
                .GroupBy(one => one.Status)
                .ToDictionary(group => group.Key == 0 ? "connection" : group.Key.ToString(CultureInfo.InvariantCulture), group => group.Count()));
    }
}
