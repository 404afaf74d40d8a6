using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class MarkingsTests
{
    [Fact]
    public void The_stricter_label_wins_whichever_comes_first()
    {
        var (amber, clear) = (new Marking { Tlp = Tlp.Amber }, new Marking());
        Assert.Equal(Tlp.Amber, Markings.Strictest(amber, clear).Tlp);
        Assert.Equal(Tlp.Amber, Markings.Strictest(clear, amber).Tlp);
    }

    [Fact]
    public void Released_is_what_both_may_be_released_to()
    {
        var (nato, both, anybody) = (new Marking { ReleasableTo = ["NATO"] }, new Marking { ReleasableTo = ["EU", "NATO"] }, new Marking());
        Assert.Equal(["NATO"], Markings.Strictest(nato, both).ReleasableTo);
        Assert.Equal(["NATO"], Markings.Strictest(anybody, nato).ReleasableTo);
        Assert.Equal(["NATO"], Markings.Strictest(nato, anybody).ReleasableTo);
        Assert.Empty(Markings.Strictest(nato, new Marking { ReleasableTo = [] }).ReleasableTo!);
        Assert.Null(Markings.Strictest(anybody, anybody).ReleasableTo);
    }
}
