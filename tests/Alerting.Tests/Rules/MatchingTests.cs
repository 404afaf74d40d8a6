using Monitoring.Alerting.Rules;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests.Rules;

public sealed class MatchingTests
{
    [Fact]
    public void A_rule_that_asks_for_nothing_matches_any_open_incident() => Assert.True(Matching.Matches(Samples.Rule, Samples.Incident));

    [Fact]
    public void A_rule_that_is_off_matches_nothing() => Assert.False(Matching.Matches(Samples.Rule with { Enabled = false }, Samples.Incident));

    [Theory]
    [InlineData(ReportStatus.Exercise)]
    [InlineData(ReportStatus.Test)]
    [InlineData(ReportStatus.System)]
    [InlineData(ReportStatus.Draft)]
    public void Only_what_is_actual_matches(ReportStatus status) => Assert.False(Matching.Matches(Samples.Rule, Samples.Incident with { Status = status }));

    [Theory]
    [InlineData(IncidentState.Withdrawn)]
    [InlineData(IncidentState.Merged)]
    public void Only_what_is_open_matches(IncidentState state) => Assert.False(Matching.Matches(Samples.Rule, Samples.Incident with { State = state }));

    [Fact]
    public void One_of_the_domains_is_enough()
    {
        Assert.True(Matching.Matches(Samples.Rule with { Domains = [Domain.Military, Domain.Cyber] }, Samples.Incident));
        Assert.False(Matching.Matches(Samples.Rule with { Domains = [Domain.Military] }, Samples.Incident));
        Assert.False(Matching.Matches(Samples.Rule with { Domains = [Domain.Military] }, Samples.Incident with { Domains = [] }));
    }

    [Theory]
    [InlineData(Severity.Medium, true)]
    [InlineData(Severity.High, true)]
    [InlineData(Severity.Critical, false)]
    public void The_severity_must_be_reached(Severity minimum, bool matches) =>
        Assert.Equal(matches, Matching.Matches(Samples.Rule with { MinimumSeverity = minimum }, Samples.Incident));

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(0.91, false)]
    public void The_confidence_must_be_reached(double minimum, bool matches) =>
        Assert.Equal(matches, Matching.Matches(Samples.Rule with { MinimumConfidence = minimum }, Samples.Incident));

    [Theory]
    [InlineData("EE", true)]
    [InlineData("RU", true)]
    [InlineData("FI", false)]
    [InlineData("SE", false)]
    public void A_country_must_be_affected_or_act_a_mention_is_not_enough(string country, bool matches) =>
        Assert.Equal(matches, Matching.Matches(Samples.Rule with { Countries = ["XX", country] }, Samples.Incident));

    [Theory]
    [InlineData("NATO", true)]
    [InlineData("eu", true)]
    [InlineData("CSTO", false)]
    public void A_member_of_one_of_the_alliances_must_be_touched(string alliance, bool matches) =>
        Assert.Equal(matches, Matching.Matches(Samples.Rule with { Alliances = [alliance] }, Samples.Incident));

    [Theory]
    [InlineData("ransomware", true)]
    [InlineData("PORT OF TALLINN", true)]
    [InlineData("encrypted", true)]
    [InlineData("ransom", false)]
    [InlineData("Terminal systems were", true)]
    [InlineData("port Tallinn", false)]
    public void A_text_is_sought_in_title_and_summary_as_whole_words(string text, bool matches) =>
        Assert.Equal(matches, Matching.Matches(Samples.Rule with { Text = text }, Samples.Incident));

    [Theory]
    [InlineData("Floods in Nigeria", "Niger", false)]
    [InlineData("Floods in Nigeria, Niger and Mali", "niger", true)]
    [InlineData("Niger", "Niger", true)]
    [InlineData("(Niger)", "Niger", true)]
    [InlineData("cyber-attack", "cyber", true)]
    [InlineData("Nigér", "Nig", false)]
    [InlineData("Nige\u0301r", "Nige", false)]
    [InlineData("a power \n  cut!", "power cut", true)]
    [InlineData("C++ is old", "C++", true)]
    [InlineData("x𝒜", "x", false)]
    [InlineData("🔥fire🔥", "fire", true)]
    [InlineData("anything", "  ", false)]
    public void A_word_ends_where_letters_digits_and_marks_do(string text, string phrase, bool found) => Assert.Equal(found, Matching.HasPhrase(text, phrase));

    [Fact]
    public void The_default_rules_are_few_have_lasting_ids_and_ask_for_confidence()
    {
        var rules = DefaultRules.All(Samples.Now, [Samples.Slack]);
        Assert.InRange(rules.Count, 3, 6);
        Assert.All(rules, rule =>
        {
            Assert.Equal(Ids.Named("rule", rule.Name), rule.Id);
            Assert.True(rule.MinimumSeverity >= Severity.High && rule.MinimumConfidence >= 0.5 && rule.Enabled);
            Assert.Equal([Samples.Slack], rule.Channels);
        });
        Assert.Equal(rules.Count, rules.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void A_rule_that_is_posted_is_checked_field_by_field()
    {
        var errors = new RuleBody { Name = " ", MinimumConfidence = 1.5, Countries = ["EE", "EST"], Alliances = [""], Text = "a\u0000b" }.Check();
        Assert.Equal(["alliances", "countries", "minimumConfidence", "name", "text"], errors.Keys.Order());
        Assert.Contains("'EST'", errors["countries"][0], StringComparison.Ordinal);
        Assert.Empty(new RuleBody { Name = "x" }.Check());
    }

    [Fact]
    public void A_rule_that_is_posted_with_a_name_alone_is_on_and_asks_for_a_medium_severity()
    {
        var rule = new RuleBody { Name = " Ports ", Countries = ["ee", "EE"] }.ToRule(Guid.NewGuid(), Samples.Now, Samples.Now);
        Assert.Equal(("Ports", true, Severity.Medium, 0.5), (rule.Name, rule.Enabled, rule.MinimumSeverity, rule.MinimumConfidence));
        Assert.Equal(["EE"], rule.Countries);
    }
}
