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
        var verdict = Classification.Judging.Judgement.Judge(report, Built.Model);
        Assert.Contains(verdict.Evidence, evidence => evidence.For == "cyber" && evidence.Text == "Ransomware" && evidence.Weight > 1);
        Assert.Contains(verdict.Evidence, evidence => evidence.For == "country:EE");
        Assert.All(verdict.Evidence, evidence => Assert.Equal(evidence.Text, (evidence.Field == "title" ? report.Title! : report.Text!).Substring(evidence.Start, evidence.Length)));
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
        Assert.True(often < 0.95, $"{once} became {often}");
    }

    [Fact]
    public void A_verdict_names_its_model_and_its_language()
    {
        var verdict = Built.Judge("Hurricane makes landfall", "The storm was the strongest to hit the coast in years, and it is not over.");
        Assert.Equal(("lexicon-1", "en"), (verdict.Model, verdict.Language));
    }

    [Fact]
    public void Very_long_texts_are_judged_by_their_beginning() =>
        Assert.Equal([Domain.Cyber], Built.Judge("Malware found", "A botnet spreads phishing. " + new string('x', 1_000_000)).Domains);
}
