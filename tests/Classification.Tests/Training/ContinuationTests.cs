using System.Globalization;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

public sealed class ContinuationTests
{
    private static readonly string[] Places = ["Lima", "Oslo", "Accra", "Hanoi", "Quito", "Perth", "Turin", "Lagos", "Busan", "Leeds"];

    /// <summary>What no model can know yet.</summary>
    private static readonly string[] Unheard =
    [
        "A zorblat rises over {0} for day {1}", "Zorblat near {0} grows, {1} streets are cut off", "{1} families leave {0} before the zorblat", "Zorblat season begins early in {0}, {1} calls so far",
    ];

    [Fact]
    public void Few_corrections_move_little_and_many_that_agree_move_much()
    {
        var before = Climate(Built.Model);
        var few = Learn(Built.Model, Corrections(Unheard, 3, [Domain.Climate]));
        var many = Learn(Built.Model, Corrections(Unheard, 300, [Domain.Climate]));
        Assert.InRange(Climate(few) - before, 0.001, 0.15);
        Assert.InRange(Climate(many), 0.7, 1);
        Assert.True(TrainingFigures.Of(Built.Model, Built.Model, few, [], OwnTexts.All).IsNotWorse);
        Assert.True(TrainingFigures.Of(Built.Model, Built.Model, many, [], OwnTexts.All).IsNotWorse);
    }

    [Fact]
    public void Wrong_corrections_make_a_model_worse_and_that_is_found()
    {
        var wrong = OwnTexts.All.Where(text => text.Domains.Count > 0).Take(100).Select(text => text with { Domains = [(Domain)(((int)text.Domains[0] + 1) % 4)] }).ToList();
        Assert.False(TrainingFigures.Of(Built.Model, Built.Model, Learn(Built.Model, wrong), [], OwnTexts.All).IsNotWorse);
    }

    [Fact]
    public void What_is_learnt_does_not_depend_on_what_was_in_force_and_is_forgotten_with_its_corrections()
    {
        var corrections = Corrections(Unheard, 40, [Domain.Climate]);
        var (once, again) = (Learn(Built.Model, corrections), Learn(Learn(Built.Model, corrections), corrections));
        Assert.Equal(Climate(once), Climate(again), 0.01);
        Assert.Equal(Climate(Built.Model), Climate(Learn(once, Corrections(["Nothing of note in {0} on day {1}"], 1, []))), 0.01);
    }

    [Fact]
    public void Many_wrong_corrections_of_a_few_templates_are_found()
    {
        string[] wrong = ["Ransomware halts the port of {0} for day {1}", "Hackers steal records of {1} patients in {0}", "Drones strike a depot near {0}, {1} hurt", "Floods cut off {1} villages near {0}"];
        Assert.False(TrainingFigures.Of(Built.Model, Built.Model, Learn(Built.Model, Corrections(wrong, 300, [Domain.Economic])), [], OwnTexts.All).IsNotWorse);
    }

    [Theory]
    [InlineData("Earthquake of magnitude 5 shakes {0}, {1} hurt", Domain.Military)]
    [InlineData("Central bank of {0} raises rate by {1} basis points", Domain.Cyber)]
    public void Wrong_corrections_of_a_single_template_are_found_by_what_they_do_to_a_domain(string template, Domain domain)
    {
        var learnt = Learn(Built.Model, Corrections([template], 300, [domain]));
        Assert.False(TrainingFigures.Of(Built.Model, Built.Model, learnt, [], OwnTexts.All).IsNotWorse);
    }

    [Fact]
    public void Right_corrections_of_a_single_template_are_not_refused()
    {
        var learnt = Learn(Built.Model, Corrections(["Waterspout warning for {0} bay, bulletin {1}"], 300, [Domain.Climate]));
        Assert.True(TrainingFigures.Of(Built.Model, Built.Model, learnt, [], OwnTexts.All).IsNotWorse);
    }

    [Fact]
    public void A_batch_s_own_share_that_is_kept_back_does_not_outvote_what_others_corrected()
    {
        var batch = Corrections(["Ransomware halts the port of {0} for day {1}"], 300, [Domain.Economic]);
        var others = OwnTexts.All.Where(text => text.Domains.Contains(Domain.Cyber)).ToList();
        var figures = TrainingFigures.Of(Built.Model, Built.Model, Learn(Built.Model, batch), [.. batch.Take(100), .. others], []);
        Assert.True(figures.KeptBack!.Domains.IsNotWorse);
        Assert.False(figures.IsNotWorse);
    }

    private static Model Learn(Model active, IReadOnlyList<LabelledText> corrections) =>
        Built.Model with { Linear = Continuation.Learn("learnt", active.Linear, Built.Model.Linear, corrections) };

    private static double Climate(Model model) => Judgement.Judge(Built.Report("The zorblat off Dakar worries everybody"), model).Probabilities[Domain.Climate];

    private static IReadOnlyList<LabelledText> Corrections(string[] sentences, int count, Domain[] domains) =>
        [.. Enumerable.Range(0, count).Select(number => new LabelledText
        {
            Id = $"{number}",
            Title = string.Format(CultureInfo.InvariantCulture, sentences[number % sentences.Length], Places[number / sentences.Length % Places.Length], number + 11),
            Domains = domains.Length == 0 ? [] : [domains[number % domains.Length]],
        })];
}
