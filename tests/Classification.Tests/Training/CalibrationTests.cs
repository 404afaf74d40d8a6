using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

public sealed class CalibrationTests
{
    [Fact]
    public void Texts_that_a_score_parts_neatly_do_not_make_it_endlessly_sure()
    {
        var (slope, offset) = Calibration.Logit([.. Scored(-300, 20, false), .. Scored(300, 20, true)], (int)Domain.Cyber);
        Assert.InRange(slope, 0.001f, 1);
        Assert.InRange(300 * slope + offset, 1, 20);
    }

    [Fact]
    public void A_higher_score_never_makes_a_domain_less_likely()
    {
        var (slope, offset) = Calibration.Logit([.. Scored(-2, 10, true), .. Scored(2, 10, false)], (int)Domain.Cyber);
        Assert.InRange(slope, 0.01f, 0.1f);
        Assert.Equal(0, offset, 0.1f);
    }

    [Fact]
    public void A_domain_that_no_text_has_is_unlikely()
    {
        var (slope, offset) = Calibration.Logit(Scored(0.5f, 50, false), (int)Domain.Cyber);
        Assert.InRange(0.5f * slope + offset, -20, -2);
    }

    private static List<UnseenScore> Scored(float score, int count, bool isCyber)
    {
        var text = new LabelledText { Id = "x", Title = "Bulletin", Domains = isCyber ? [Domain.Cyber] : [] };
        var example = Example.Of(text, SmallCorpus.Options);
        return [.. Enumerable.Range(0, count).Select(_ => new UnseenScore(example, [score, score, score, score, score]))];
    }
}
