namespace Monitoring.Architecture.Tests;

/// <summary>What a rule looked at, and where it was broken. A rule that looked at nothing proves nothing.</summary>
internal sealed record Finding(int Examined, IReadOnlyList<string> Violations)
{
    public void AssertHolds()
    {
        Assert.True(Examined > 0, "The rule matched nothing: has what it speaks of moved?");
        Assert.Empty(Violations);
    }
}
