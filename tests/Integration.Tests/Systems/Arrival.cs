using Monitoring.Contracts;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>
/// What must come of a load: a feed whose reports match two rules and not a third one, and a webhook that one of the rules notifies.
/// </summary>
internal sealed class Arrival
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly Stack stack;
    private readonly WebhookTarget target;
    private readonly Guid feed;
    private readonly Guid notifying;
    private readonly Guid silent;
    private readonly Guid channel;

    private Arrival(Stack stack, WebhookTarget target, TestFeed feed, Guid notifying, Guid silent, Guid channel) =>
        (this.stack, this.target, this.feed, FeedKey, Marker, this.notifying, this.silent, this.channel) =
        (stack, target, feed.Id, feed.Key, feed.Name, notifying, silent, channel);

    public string FeedKey { get; }
    public string Marker { get; }

    public static async Task<Arrival> PrepareAsync(Stack stack, WebhookTarget target)
    {
        var marker = $"marker{Guid.NewGuid():N}"[..16];
        var feed = await stack.Api.CreateFeedAsync(marker);
        var (channel, _) = await stack.Api.CreateChannelAsync(marker, target.Address);
        var notifying = await stack.Api.CreateRuleAsync($"{marker} notifying", marker, channel);
        var silent = await stack.Api.CreateRuleAsync($"{marker} silent", marker);
        await stack.Api.CreateRuleAsync($"{marker} of others", $"not{marker}");
        return new(stack, target, feed, notifying, silent, channel);
    }

    /// <summary>Begins a load that is to arrive here.</summary>
    public Poster Post(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new Poster([.. stack.Ingestion.Select(copy => copy.Address)], FeedKey, Marker, seed);
    }

    /// <summary>
    /// Everything that was accepted is exactly one report, one incident, one alert of each matching rule, in its first version each, and
    /// was notified of under the one id that follows from it.
    /// </summary>
    public async Task IsCompleteAsync(Poster posted)
    {
        var reports = await stack.Database.ListAsync<Guid>("SELECT id FROM ingestion.reports WHERE feed_id = $1", feed);
        Assert.Equal(posted.Accepted.Values.Order(), reports.Order());
        var incidents = reports.ConvertAll(Ids.Incident);
        var notifications = incidents.ConvertAll(incident => Ids.Notification(Ids.Alert(notifying, incident), 1, channel));

        await Eventually.EqualsAsync("the incidents of all reports are there", Deadline, incidents.Count, () => CountAsync("classification.incidents"));
        await Eventually.EqualsAsync("alerts of the notifying rule", Deadline, incidents.Count, () => CountAlertsAsync(notifying));
        await Eventually.EqualsAsync("alerts of the silent rule", Deadline, incidents.Count, () => CountAlertsAsync(silent));
        await Eventually.EqualsAsync("notifications still to come", Deadline, 0, () => Task.FromResult(Missing(notifications)));
        foreach (var schema in new[] { "ingestion", "classification", "alerting" })
            await Eventually.EqualsAsync($"rows left in {schema}.outbox", Deadline, 0, () => CountAsync($"{schema}.outbox"));

        Assert.Equal(reports.Order(), (await stack.Database.ListAsync<Guid>("SELECT report_id FROM classification.incident_reports")).Order());
        Assert.Equal(incidents.Order(), (await stack.Database.ListAsync<Guid>("SELECT id FROM classification.incidents WHERE version = 1")).Order());
        await AlertsAreExactlyAsync(notifying, incidents);
        await AlertsAreExactlyAsync(silent, incidents);
        Assert.Empty(await stack.Database.ListAsync<string>("SELECT reason FROM classification.failed_items UNION ALL SELECT reason FROM alerting.failed_items"));
        Assert.Equal(notifications.Order(), target.Calls.Select(call => NotificationId(call.Id)).Distinct().Order());
        await Eventually.EqualsAsync("deliveries that are not delivered", Deadline, 0, () => CountAsync("alerting.deliveries WHERE state <> 'delivered'"));
        Assert.Equal(notifications.Order(), (await stack.Database.ListAsync<Guid>("SELECT id FROM alerting.deliveries")).Order());
    }

    private async Task AlertsAreExactlyAsync(Guid rule, List<Guid> incidents)
    {
        var alerts = await stack.Database.ListAsync<Guid>("SELECT id FROM alerting.alerts WHERE rule_id = $1 AND version = 1 AND state = 'firing'", rule);
        Assert.Equal(incidents.Select(incident => Ids.Alert(rule, incident)).Order(), alerts.Order());
    }

    private int Missing(List<Guid> notifications) => notifications.Except(target.Calls.Select(call => NotificationId(call.Id))).Count();

    private async Task<int> CountAsync(string rows) => (int)await stack.Database.ReadAsync<long>($"SELECT count(*) FROM {rows}");

    private async Task<int> CountAlertsAsync(Guid rule) => (int)await stack.Database.ReadAsync<long>("SELECT count(*) FROM alerting.alerts WHERE rule_id = $1", rule);

    // A prefix may stand before the UUID.
    public static Guid NotificationId(string header) => Guid.Parse(header.AsSpan(Math.Max(0, header.Length - 36)));
}
