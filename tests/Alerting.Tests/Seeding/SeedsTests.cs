using Microsoft.Extensions.Configuration;
using Monitoring.Alerting.Delivery;
using Monitoring.Alerting.Seeding;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Tests.Seeding;

public sealed class SeedsTests
{
    [Fact]
    public void Nothing_is_seeded_by_a_configuration_that_names_nothing()
    {
        var seeds = Seeds.Read(Configuration(("Seed:SlackWebhookUrl", ""), ("Seed:Channels:0:Name", "")));
        Assert.Empty(seeds.Channels);
        Assert.Empty(seeds.Rules);
        Assert.Null(seeds.Slack);
    }

    [Fact]
    public void A_slack_address_is_all_that_a_channel_needs()
    {
        var seeds = Seeds.Read(Configuration(("Seed:SlackWebhookUrl", "https://hooks.slack.com/services/T/B/x")));
        Assert.Equal([seeds.Slack!], seeds.Channels);
        Assert.Equal(("slack", Ids.Named("channel", "slack")), (seeds.Slack!.Name, seeds.Slack.Id));
    }

    [Fact]
    public void Channels_and_rules_are_read_with_all_their_fields()
    {
        var seeds = Seeds.Read(Configuration(
            ("Seed:Channels:0:Name", "ops"), ("Seed:Channels:0:Type", "webhook"), ("Seed:Channels:0:Url", "https://ops.example/hook"),
            ("Seed:Rules:0:Name", "Ports"), ("Seed:Rules:0:Domains:0", "cyber"), ("Seed:Rules:0:MinimumSeverity", "high"), ("Seed:Rules:0:MinimumConfidence", "0.7"),
            ("Seed:Rules:0:Countries:0", "EE"), ("Seed:Rules:0:Text", "port"), ("Seed:Rules:0:Channels:0", "ops")));
        var rule = Assert.Single(seeds.Rules);
        Assert.Equal((Ids.Named("rule", "Ports"), Severity.High, 0.7, "port"), (rule.Id, rule.Body.MinimumSeverity, rule.Body.MinimumConfidence, rule.Body.Text));
        Assert.Equal([Domain.Cyber], rule.Body.Domains!);
        Assert.Equal(["ops"], rule.Channels);
    }

    [Fact]
    public void A_digest_tells_a_new_address_from_the_old_one()
    {
        var one = Seeds.Read(Configuration(("Seed:SlackWebhookUrl", "https://hooks.slack.com/a"))).Slack!;
        var same = Seeds.Read(Configuration(("Seed:SlackWebhookUrl", "https://hooks.slack.com/a"))).Slack!;
        var other = Seeds.Read(Configuration(("Seed:SlackWebhookUrl", "https://hooks.slack.com/b"))).Slack!;
        Assert.Equal(one.Digest, same.Digest);
        Assert.NotEqual(one.Digest, other.Digest);
    }

    [Theory]
    [InlineData("Seed:SlackWebhookUrl", "hooks.slack.com/x", "Seed:SlackWebhookUrl")]
    [InlineData("Seed:Rules:0:MinimumSeverity", "severe", "Seed:Rules:0:MinimumSeverity")]
    [InlineData("Seed:Rules:0:Countries:0", "Estonia", "Seed:Rules:0")]
    public void A_bad_value_stops_the_start_with_a_sentence_that_names_the_key(string key, string value, string named)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Seeds.Read(Configuration(("Seed:Rules:0:Name", "r"), (key, value))));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhooks:AllowedPrivateNetworks:0", "localhost")]
    [InlineData("Dashboard:PublicUrl", "dashboard")]
    public void So_does_a_bad_setting_of_deliveries(string key, string value)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => WebhookOptions.Read(Configuration((key, value))));
        Assert.Contains(key.Split(":0")[0], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_lead_to_the_dashboard_under_its_public_address()
    {
        var id = Guid.NewGuid();
        Assert.Equal($"https://watch.example/m/alerts/{id}", WebhookOptions.Read(Configuration(("Dashboard:PublicUrl", "https://watch.example/m/"))).LinkTo(id).AbsoluteUri);
        Assert.Equal($"http://localhost:8080/alerts/{id}", WebhookOptions.Read(Configuration()).LinkTo(id).AbsoluteUri);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build();
}
