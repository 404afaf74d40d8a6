using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Judging;

public sealed class JudgementTests
{
    [Theory]
    [InlineData("Ransomware halts the port of Tallinn", Domain.Cyber)]
    [InlineData("Central bank raises interest rates to fight inflation", Domain.Economic)]
    [InlineData("Flash floods sweep away homes after heavy rain", Domain.Climate)]
    [InlineData("Missile strike on army base kills soldiers", Domain.Military)]
    [InlineData("Magnitude 6.8 earthquake off the coast", Domain.Climate)]
    [InlineData("Critical zero-day in firewalls exploited in the wild", Domain.Cyber)]
    public void A_plain_headline_has_its_domain(string title, Domain domain) => Assert.Equal([domain], Built.Judge(title).Domains);

    [Theory]
    [InlineData("Storm of criticism over minister's remarks", Domain.Climate)]
    [InlineData("Shark attack closes beach", Domain.Military)]
    [InlineData("Opposition wins by landslide", Domain.Climate)]
    [InlineData("Fed's war on inflation is not over", Domain.Military)]
    [InlineData("Ten life hacks for a tidy kitchen", Domain.Cyber)]
    [InlineData("Typhoon fighters take off from base", Domain.Climate)]
    [InlineData("Salt Typhoon breached telecom networks", Domain.Climate)]
    public void A_figure_of_speech_is_not_taken_at_its_word(string title, Domain domain) => Assert.DoesNotContain(domain, Built.Judge(title).Domains);

    [Theory]
    [InlineData("Champions League final: late goal wins the cup")]
    [InlineData("New album tops the charts")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_about_none_of_the_four_has_no_domain_and_no_severity(string? title)
    {
        var verdict = Built.Judge(title);
        Assert.Empty(verdict.Domains);
        Assert.Equal(Severity.Info, verdict.Severity);
    }

    [Theory]
    [InlineData("Dozens dead after gunmen open fire at a market")]
    [InlineData("Explosion at fireworks factory kills 12")]
    public void What_is_grave_keeps_its_severity_while_it_is_in_doubt_what_it_is_about(string title)
    {
        var verdict = Built.Judge(title);
        Assert.Empty(verdict.Domains);
        Assert.True(verdict.Severity >= Severity.High);
    }

    [Fact]
    public void An_event_can_have_two_domains() =>
        Assert.Equal([Domain.Economic, Domain.Military], Built.Judge("Oil prices jump after missile strikes on refinery").Domains);

    [Fact]
    public void A_feeds_hint_decides_where_the_text_says_nothing_and_is_evidence()
    {
        var verdict = Built.Judge("Bulletin 7", hints: new Hints { Domains = [Domain.Cyber], Severity = Severity.High });
        Assert.Equal([Domain.Cyber], verdict.Domains);
        Assert.Equal(Severity.High, verdict.Severity);
        Assert.Equal(["cyber", "severity"], verdict.Evidence.Where(evidence => evidence.Field == "hints").Select(evidence => evidence.For));
    }

    [Theory]
    [InlineData(Severity.Info)]
    [InlineData(Severity.Low)]
    [InlineData(Severity.Medium)]
    [InlineData(Severity.High)]
    [InlineData(Severity.Critical)]
    public void A_hint_of_severity_alone_stands(Severity hint) => Assert.Equal(hint, Built.Judge("Bulletin 7", hints: new Hints { Domains = [Domain.Climate], Severity = hint }).Severity);

    [Fact]
    public void Evidence_lies_where_it_says()
    {
        var report = Built.Report("Ransomware hits hospitals in Estonia", "Hackers demanded a ransom; 12 people died when systems failed.");
        var verdict = Judgement.Judge(report, Built.Model);
        Assert.Contains(verdict.Evidence, evidence => evidence.For == "cyber" && evidence.Text == "Ransomware" && evidence.Weight > 1);
        Assert.Contains(verdict.Evidence, evidence => evidence.For == "country:EE");
        Assert.All(verdict.Evidence, evidence => Assert.Equal(evidence.Text, (evidence.Field == "title" ? report.Title! : report.Text!).Substring(evidence.Start, evidence.Length)));
    }

    [Theory]
    [InlineData("Ransomware hits hospitals in Estonia", "Hackers demanded a ransom; 12 people died when systems failed.")]
    [InlineData("Late goal wins the cup", null)]
    [InlineData("", "")]
    public void The_weights_of_evidence_add_up_to_the_score(string title, string? text)
    {
        var verdict = Built.Judge(title, text, new Hints { Domains = [Domain.Cyber] });
        foreach (var (domain, probability) in verdict.Probabilities)
        {
            var score = verdict.Evidence.Where(evidence => evidence.For == Wire<Domain>.Name(domain)).Sum(evidence => evidence.Weight);
            Assert.Equal(probability, 1 / (1 + Math.Exp(-score)), 0.003);
        }
    }

    [Theory]
    [InlineData("Bulletin 7", null, null, Severity.Info)]
    [InlineData("Bulletin 7", null, Severity.Critical, Severity.Critical)]
    [InlineData("Bulletin 7", null, Severity.Medium, Severity.Medium)]
    [InlineData("Terremoto en el norte de Chile deja 40 muertos", "es", null, Severity.High)]
    [InlineData("Terremoto en el norte de Chile deja 40 muertos", "es", Severity.Low, Severity.Low)]
    [InlineData("La receta de la abuela", "es", Severity.High, Severity.High)]
    public void The_weights_of_evidence_add_up_to_the_severity(string title, string? language, Severity? hint, Severity severity)
    {
        var report = Built.Report(title, hints: new Hints { Severity = hint }) with { Language = language };
        var verdict = Judgement.Judge(report, Built.Model);
        var score = (float)verdict.Evidence.Where(evidence => evidence.For == "severity").Sum(evidence => evidence.Weight);
        Assert.Equal(severity, verdict.Severity);
        // It is for the level that is reached, and for the lowest where none is.
        var thresholds = language is null ? Built.Model.Linear.Decisions.Thresholds[LinearModel.Domains..] : ForeignScores.Bounds;
        Assert.Equal(severity > Severity.Info, score >= thresholds[Math.Max((int)severity, 1) - 1]);
    }

    [Theory]
    [InlineData("nl", "Stroomstoring legt treinen in het noorden stil")]
    [InlineData(null, "Η κυβέρνηση ανακοίνωσε νέα μέτρα")]
    public void A_verdict_says_that_it_did_not_read_a_language_that_is_not_supported(string? told, string title)
    {
        var verdict = Judgement.Judge(Built.Report(title) with { Language = told }, Built.Model);
        Assert.Contains("not supported", Assert.Single(verdict.Evidence, evidence => evidence.For == "language").Text);
        Assert.InRange(verdict.Confidence, 0, 0.5);
        Assert.DoesNotContain(Built.Judge("Storm hits the coast").Evidence, evidence => evidence.For == "language");
    }

    [Fact]
    public void There_are_never_more_reasons_than_can_be_read()
    {
        var verdict = Built.Judge("Missiles, floods, ransomware and inflation", string.Join(". ", Enumerable.Range(0, 400).Select(number => $"Missiles sink ship {number}, floods drown town {number}, hackers steal file {number}, prices rise {number} percent")));
        Assert.All(verdict.Evidence.GroupBy(evidence => evidence.For), reasons => Assert.InRange(reasons.Count(), 1, 10));
    }

    [Fact]
    public void The_same_report_is_judged_the_same_by_any_number_of_threads()
    {
        var expected = System.Text.Json.JsonSerializer.Serialize(Judge(), ContractsJson.Default.Verdict);
        Parallel.For(0, 100, _ => Assert.Equal(expected, System.Text.Json.JsonSerializer.Serialize(Judge(), ContractsJson.Default.Verdict)));
        static Verdict Judge() => Built.Judge("Wildfire near Athens forces thousands to flee", "Greek firefighters battle the blaze; two dead.");
    }

    [Fact]
    public void Repeating_a_word_does_not_make_a_text_more_of_its_subject()
    {
        var once = Built.Judge(null, "A storm.").Probabilities[Domain.Climate];
        var often = Built.Judge(null, string.Concat(Enumerable.Repeat("A storm. ", 500))).Probabilities[Domain.Climate];
        Assert.Equal(once, often, 0.05);
    }

    [Fact]
    public void A_verdict_names_its_model_and_its_language()
    {
        var verdict = Built.Judge("Hurricane makes landfall", "The storm was the strongest to hit the coast in years, and it is not over.");
        Assert.Equal((Built.Model.Linear.Version, "en"), (verdict.Model, verdict.Language));
    }

    [Fact]
    public void Very_long_texts_are_judged_by_their_beginning() =>
        Assert.Equal([Domain.Cyber], Built.Judge("Malware found", "A botnet spreads phishing. " + new string('x', 1_000_000)).Domains);
}
