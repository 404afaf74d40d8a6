using System.Text.Json;
using Monitoring.Alerting.Channels;
using Monitoring.Alerting.Delivery;

namespace Monitoring.Alerting.Tests.Channels;

public sealed class SlackChannelTests
{
    private static readonly SlackChannel Slack = new();

    [Fact]
    public void The_alert_is_told_in_blocks_with_a_link_to_its_page()
    {
        var request = Slack.Build(Samples.Channel(Slack), Samples.Notification(), Samples.Now);
        var message = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal("https://hooks.example/T0/B0/secret", request.Url.AbsoluteUri);
        Assert.Equal("High: Ransomware halts the port of Tallinn", message.GetProperty("text").GetString());
        var blocks = message.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(["header", "section", "section", "context"], blocks.Select(block => block.GetProperty("type").GetString()));
        Assert.Equal("Terminal systems were encrypted overnight.", blocks[1].GetProperty("text").GetProperty("text").GetString());
        Assert.Contains("EE, RU", blocks[2].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("<https://watch.example/alerts/1|Open the alert>", blocks[3].GetProperty("elements")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raised", "High: ")]
    [InlineData("rose", "Now high: ")]
    [InlineData("withdrawn", "Withdrawn: ")]
    [InlineData("unmatched", "Resolved: ")]
    [InlineData("expired", "Expired: ")]
    [InlineData("resolved", "Resolved: ")]
    [InlineData("test", "Test: ")]
    public void The_heading_begins_with_what_happened(string kind, string beginning) => Assert.StartsWith(beginning, Text(Samples.Notification(kind)), StringComparison.Ordinal);

    [Fact]
    public void Signs_that_Slack_would_take_for_commands_are_escaped()
    {
        var text = Text(With("<!channel> R&D"));
        Assert.Equal("High: &lt;!channel&gt; R&amp;D", text);
    }

    [Fact]
    public void The_longest_texts_stay_within_Slacks_limits_and_end_in_no_broken_entity()
    {
        var notification = With(string.Concat(Enumerable.Repeat("&😀", 5_000)), new string('<', 20_000));
        var message = JsonDocument.Parse(Slack.Build(Samples.Channel(Slack), notification, Samples.Now).Body).RootElement;
        var blocks = message.GetProperty("blocks").EnumerateArray().ToList();
        var header = blocks[0].GetProperty("text").GetProperty("text").GetString()!;
        Assert.InRange(header.Length, 100, 150);
        Assert.DoesNotContain("&", header.Replace("&amp;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', header);
        Assert.InRange(blocks[1].GetProperty("text").GetProperty("text").GetString()!.Length, 1_000, 3_000);
        Assert.InRange(message.GetRawText().Length, 1, 13_000);
    }

    [Fact]
    public void Only_ok_is_a_yes()
    {
        Assert.IsType<DeliveryOutcome.Delivered>(Slack.Judge(200, "ok", null));
        Assert.IsType<DeliveryOutcome.Delivered>(Slack.Judge(200, "ok\n", null));
        Assert.IsType<DeliveryOutcome.Refused>(Slack.Judge(200, "<html>welcome</html>", null));
    }

    [Fact]
    public void Slacks_errors_mean_what_its_documentation_says()
    {
        Assert.IsType<DeliveryOutcome.Refused>(Slack.Judge(400, "invalid_payload", null));
        Assert.IsType<DeliveryOutcome.Refused>(Slack.Judge(403, "action_prohibited", null));
        Assert.IsType<DeliveryOutcome.Refused>(Slack.Judge(404, "channel_not_found", null));
        Assert.IsType<DeliveryOutcome.Gone>(Slack.Judge(410, "channel_is_archived", null));
        Assert.IsType<DeliveryOutcome.Retry>(Slack.Judge(500, "rollup_error", null));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<DeliveryOutcome.Retry>(Slack.Judge(429, "", TimeSpan.FromSeconds(30))).After);
    }

    private static Notification With(string title, string summary = "")
    {
        var notification = Samples.Notification();
        return notification with { Alert = notification.Alert with { Title = title, Summary = summary } };
    }

    private static string Text(Notification notification) =>
        JsonDocument.Parse(Slack.Build(Samples.Channel(Slack), notification, Samples.Now).Body).RootElement.GetProperty("text").GetString()!;
}
