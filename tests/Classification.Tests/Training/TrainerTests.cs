using Monitoring.Classification.Judging;
using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void The_same_seed_makes_the_same_weights_and_another_seed_others()
    {
        var first = Bytes(Trainer.Train(SmallCorpus.Texts, SmallCorpus.Options));
        Assert.Equal(first, Bytes(Trainer.Train(SmallCorpus.Texts, SmallCorpus.Options)));
        Assert.NotEqual(first, Bytes(Trainer.Train(SmallCorpus.Texts, SmallCorpus.Options with { Seed = 2 })));
    }

    [Fact]
    public void Weights_learn_what_the_texts_are_about_and_judge_the_same_when_they_are_read_again()
    {
        var learnt = Trainer.Train(SmallCorpus.Texts, SmallCorpus.Options);
        var model = Built.Model with { Linear = learnt };
        Assert.True(Evaluation.Of(model, SmallCorpus.Texts).MacroF1 > 0.95);

        var again = Built.Model with { Linear = LinearModel.Load(new MemoryStream(Bytes(learnt))) };
        Assert.Equal("small", again.Version);
        foreach (var text in SmallCorpus.Texts.Take(20)) Assert.Equal(Probabilities(model, text.Title), Probabilities(again, text.Title));
    }

    private static IReadOnlyDictionary<Domain, double> Probabilities(Model model, string title) => Judgement.Judge(Built.Report(title), model).Probabilities;

    private static byte[] Bytes(LinearModel model)
    {
        var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
