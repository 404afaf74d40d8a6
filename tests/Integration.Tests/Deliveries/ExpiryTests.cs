using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Deliveries;

/// <summary>What a source no longer stands by, with two copies of Alerting that both watch the time.</summary>
[Collection(SharedStackTests.Name)]
public sealed class ExpiryTests(SharedStack shared)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);
    /// <summary>Long enough that the alerts are raised before, even on a busy machine.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly Stack stack = shared.Stack;
    private readonly string word = $"expiry{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task Alerts_resolve_by_themselves_when_their_time_is_over_and_each_is_told_once()
    {
        await using var target = WebhookTarget.ThatTakesAll();
        var feed = await stack.Api.CreateFeedAsync(word);
        var (channel, _) = await stack.Api.CreateChannelAsync(word, target.Address);
        var rule = await stack.Api.CreateRuleAsync(word, word, channel);
        var names = Enumerable.Range(0, 20).Select(number => $"{number}").ToArray();
        var expiresAt = InAWhile();
        await stack.Api.AcceptAsync(feed, names.Select(name => Report(name, expiresAt)));

        foreach (var name in names)
        {
            var alert = await stack.Api.AlertAsync(Alert(rule, feed, name), "resolved", found => found.State == AlertState.Resolved);
            Assert.Equal(["raised", "expired"], alert.History!.Select(entry => entry.Kind));
            Assert.Equal((2, expiresAt), (alert.Version, alert.ExpiresAt));
            Assert.True(alert.UpdatedAt >= expiresAt);
        }
        var told = names.SelectMany(name => new[] { 1, 2 }, (name, version) => Ids.Notification(Alert(rule, feed, name), version, channel)).Order().ToArray();
        await Eventually.IsTrueAsync("all are told", Deadline, () => target.Calls.Select(call => Arrival.NotificationId(call.Id)).Distinct().Count() >= told.Length);
        Assert.Equal(told, target.Calls.Select(call => Arrival.NotificationId(call.Id)).Order());
        var types = target.Calls.CountBy(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("type").GetString());
        Assert.Equal([new("alert.expired", 20), new("alert.raised", 20)], types.OrderBy(type => type.Key));
    }

    [Fact]
    public async Task What_is_over_before_it_is_heard_of_raises_nothing_until_the_source_stands_by_it_longer()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var rule = await stack.Api.CreateRuleAsync(word, word);
        await stack.Api.AcceptAsync(feed, Report("over", TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        await Eventually.EqualsAsync("incidents that Alerting has evaluated", Deadline, 1L, () =>
            stack.Database.ReadAsync<long>("SELECT count(*) FROM alerting.incident_versions WHERE incident_id = $1", Incident(feed, "over")));
        Assert.Equal(0L, await stack.Database.ReadAsync<long>("SELECT count(*) FROM alerting.alerts WHERE incident_id = $1", Incident(feed, "over")));

        await stack.Api.AcceptAsync(feed, Report("over", TimeProvider.System.GetUtcNow().AddHours(1)));
        await stack.Api.AlertAsync(Alert(rule, feed, "over"), "firing", found => found.State == AlertState.Firing);
    }

    [Fact]
    public async Task What_an_operator_reopens_after_its_time_stays_open()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var expiresAt = InAWhile();
        await stack.Api.AcceptAsync(feed, Report("reopened", expiresAt));
        var reopened = await stack.Api.AlertAsync(Alert(rule, feed, "reopened"), "resolved", found => found.State == AlertState.Resolved);
        await stack.Api.PostAsync(stack.Alerting[0], $"/v1/alerts/{reopened.Id}/reopen", new { });

        // The longest over is swept first: when a later one is resolved, the reopened one was passed over.
        await stack.Api.AcceptAsync(feed, Report("later", InAWhile()));
        await stack.Api.AlertAsync(Alert(rule, feed, "later"), "resolved", found => found.State == AlertState.Resolved);
        Assert.Equal(AlertState.Firing, (await stack.Api.AlertAsync(reopened.Id)).State);

        await stack.Api.AcceptAsync(feed, Report("reopened", expiresAt, "Ransomware at two hospitals in Estonia"));
        var followed = await stack.Api.AlertAsync(reopened.Id, "the new title", found => found.Title == "Ransomware at two hospitals in Estonia");
        Assert.Equal(AlertState.Firing, followed.State);
        Assert.Equal(["raised", "expired", "reopened", "changed"], followed.History!.Select(entry => entry.Kind));
    }

    private object Report(string externalId, DateTimeOffset expiresAt, string title = "Ransomware at a hospital in Estonia") =>
        new { externalId, title, text = word, expiresAt };

    /// <summary>To the second, as formats tell it.</summary>
    private static DateTimeOffset InAWhile() => DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow() + Soon).ToUnixTimeSeconds());

    private static Guid Incident(TestFeed feed, string externalId) => Ids.Incident(Ids.Report(feed.Id, externalId));

    private static Guid Alert(Guid rule, TestFeed feed, string externalId) => Ids.Alert(rule, Incident(feed, externalId));
}
