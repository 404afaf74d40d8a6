using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>How many alerts are open, by state, severity and domain (an alert of two domains counts in both), and how many items services gave up on.</summary>
public sealed class Counters
{
    private readonly int[] states = new int[Enum.GetValues<AlertState>().Length];
    private readonly int[] severities = new int[Enum.GetValues<Severity>().Length];
    private readonly int[] domains = new int[Enum.GetValues<Domain>().Length];

    public int Failures { get; set; }

    public int this[AlertState state] => states[(int)state];
    public int this[Severity severity] => severities[(int)severity];
    public int this[Domain domain] => domains[(int)domain];

    public int Open => this[AlertState.Firing] + this[AlertState.Acknowledged];

    public void Add(BoardRow row) => Count(row, 1);

    public void Remove(BoardRow row) => Count(row, -1);

    public Counters Copy()
    {
        var copy = new Counters { Failures = Failures };
        states.CopyTo(copy.states, 0);
        severities.CopyTo(copy.severities, 0);
        domains.CopyTo(copy.domains, 0);
        return copy;
    }

    private void Count(BoardRow row, int by)
    {
        if (!row.IsOpen) return;
        states[(int)row.State] += by;
        severities[(int)row.Severity] += by;
        foreach (var domain in row.Domains.Values) domains[(int)domain] += by;
    }
}
