using System.Net;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>Two copies of Alerting, and messages in every order that two copies and a redelivering broker can bring about.</summary>
[Collection(SharedStackTests.Name)]
public sealed class AlertingOrderTests(SharedStack shared)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Stack stack = shared.Stack;
    private readonly string word = $"order{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task Versions_in_any_order_by_two_copies_at_once_leave_the_newest()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var incidents = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToArray();
        var random = new Random(Seed.Next());
        // The fifth version withdraws every other incident.
        var versions = incidents.SelectMany((id, index) => Enumerable.Range(1, 5).Select(version => Samples.Incident(
            id, version, $"{word} {version}", (Severity)random.Next(5), version == 5 && index % 2 == 0 ? IncidentState.Withdrawn : IncidentState.Open))).ToArray();
        random.Shuffle(versions);

        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync(versions.Select(version => new IncidentsChanged { Incidents = [version] }));
        // The whole once more, as a broker does that lost an acknowledgement.
        await bus.PublishAsync(versions.Chunk(50).Select(group => new IncidentsChanged { Incidents = group }));

        await Eventually.EqualsAsync("incidents known in their newest version", Deadline, incidents.Length, () =>
            CountAsync("SELECT count(*) FROM alerting.incident_versions WHERE incident_id = ANY($1) AND version = 5", incidents));
        foreach (var (id, index) in incidents.Select((id, index) => (id, index)))
        {
            // A withdrawn incident that no copy ever saw open raises nothing.
            using var answer = await stack.Api.SendAsync(HttpMethod.Get, stack.Alerting[0], $"/v1/alerts/{Ids.Alert(rule, id)}");
            if (answer.StatusCode == HttpStatusCode.NotFound && index % 2 == 0) continue;
            var alert = JsonSerializer.Deserialize<Alert>(await answer.Content.ReadAsStringAsync(), JsonSerializerOptions.Web)!;
            Assert.Equal(5, alert.IncidentVersion);
            Assert.Equal(index % 2 == 0 ? AlertState.Resolved : AlertState.Firing, alert.State);
            Assert.Equal(Enumerable.Range(1, alert.Version), alert.History!.Select(entry => entry.Version));
        }
    }

    [Fact]
    public async Task Many_versions_of_one_incident_in_one_group_are_one_alert_in_the_newest()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var id = Guid.NewGuid();
        var versions = Enumerable.Range(1, 50).Select(version => Samples.Incident(id, version, $"{word} {version}", Severity.High)).Reverse().ToArray();

        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new IncidentsChanged { Incidents = versions }]);

        var alert = await stack.Api.AlertAsync(Ids.Alert(rule, id), "the alert", _ => true);
        Assert.Equal((1, 50, $"{word} 50"), (alert.Version, alert.IncidentVersion, alert.Title));
        // The default rules match it too: one alert for each.
        Assert.Equal(0, await CountAsync("SELECT count(*) - count(DISTINCT rule_id) FROM alerting.alerts WHERE incident_id = ANY($1)", [id]));
    }

    [Fact]
    public async Task One_bad_incident_among_499_good_ones_is_kept_aside_and_the_others_alert()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var incidents = Enumerable.Range(0, 500)
            .Select(index => Samples.Incident(Guid.NewGuid(), 1, index == 333 ? $"{word} \0" : word, Severity.High)).ToArray();

        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new IncidentsChanged { Incidents = incidents }]);

        await Eventually.EqualsAsync("alerts", Deadline, 499, () => CountAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = ANY($1)", [rule]));
        var failures = await stack.Api.GetAsync<JsonElement>(stack.Alerting[0], "/v1/failures");
        var failure = Assert.Single(failures.GetProperty("items").EnumerateArray().ToList(), item =>
            item.GetProperty("payload").ToString().Contains(incidents[333].Id.ToString(), StringComparison.Ordinal));
        Assert.NotEqual("", failure.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_operators_action_that_races_with_a_new_version_is_never_lost_and_never_hides_a_rise()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        await using var bus = await TestBus.ConnectAsync(stack);
        var incidents = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray();
        await bus.PublishAsync(incidents.Select(id => new IncidentsChanged { Incidents = [Samples.Incident(id, 1, word, Severity.Medium)] }));
        await Eventually.EqualsAsync("alerts", Deadline, incidents.Length, () => CountAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = ANY($1)", [rule]));

        var rising = bus.PublishAsync(incidents.Select(id => new IncidentsChanged { Incidents = [Samples.Incident(id, 2, word, Severity.Critical)] }));
        var answers = await Task.WhenAll(incidents.Select((id, index) => stack.Api.SendAsync(
            HttpMethod.Post, stack.Alerting[index % 2], $"/v1/alerts/{Ids.Alert(rule, id)}/acknowledge", new { comment = "seen" })));
        await rising;

        foreach (var (id, answer) in incidents.Zip(answers))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
            var alert = await stack.Api.AlertAsync(Ids.Alert(rule, id), "the second version", found => found.IncidentVersion == 2);
            var kinds = alert.History!.Select(entry => entry.Kind).ToList();
            Assert.Equal(Enumerable.Range(1, alert.Version), alert.History!.Select(entry => entry.Version));
            Assert.Equal(["acknowledged", "raised", "rose"], kinds.Order());
            // Who acknowledged the lower severity has not seen the higher one.
            Assert.Equal(kinds[^1] == "rose" ? AlertState.Firing : AlertState.Acknowledged, alert.State);
            Assert.Equal(Severity.Critical, alert.Severity);
        }
    }

    [Fact]
    public async Task An_action_on_a_version_that_is_no_longer_the_newest_is_refused()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        await using var bus = await TestBus.ConnectAsync(stack);
        var id = Guid.NewGuid();
        await bus.PublishAsync([new IncidentsChanged { Incidents = [Samples.Incident(id, 1, word, Severity.Medium)] }]);
        var alert = await stack.Api.AlertAsync(Ids.Alert(rule, id), "the alert", _ => true);
        await bus.PublishAsync([new IncidentsChanged { Incidents = [Samples.Incident(id, 2, word, Severity.High)] }]);
        await stack.Api.AlertAsync(alert.Id, "the rise", found => found.Severity == Severity.High);

        using var stale = await stack.Api.SendAsync(HttpMethod.Post, stack.Alerting[0], $"/v1/alerts/{alert.Id}/acknowledge", new { version = alert.Version });
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
    }

    private async Task<int> CountAsync(string sql, Guid[] ids) => (int)await stack.Database.ReadAsync<long>(sql, ids);
}
