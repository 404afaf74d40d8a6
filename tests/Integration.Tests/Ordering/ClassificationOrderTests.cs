using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>Two copies of Classification, and messages in every order that two copies and a redelivering broker can bring about.</summary>
[Collection(SharedStackTests.Name)]
public sealed class ClassificationOrderTests(SharedStack shared)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    /// <summary>So that no other test tells of the same event.</summary>
    private readonly string word = $"order{Guid.NewGuid():N}"[..14];

    private readonly Stack stack = shared.Stack;
    private readonly Guid feed = Guid.NewGuid();

    [Fact]
    public async Task Revisions_in_any_order_by_two_copies_at_once_leave_the_newest()
    {
        var names = Enumerable.Range(0, 100).Select(number => $"r{number}").ToArray();
        var random = new Random(Seed.Next());
        var revisions = names.SelectMany(name => Enumerable.Range(1, 5).Select(revision => Samples.Report(feed, name, revision, $"revision {revision}"))).ToArray();
        random.Shuffle(revisions);

        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync(revisions.Select(revision => new ReportsReceived { Reports = [revision] }));
        await bus.PublishAsync(revisions.Chunk(50).Select(group => new ReportsReceived { Reports = group }));

        foreach (var name in names)
        {
            var incident = await stack.Api.IncidentAsync(Incident(name), "the newest revision", found => found.Title == "revision 5");
            Assert.Equal(5, Assert.Single(incident.Reports!).Revision);
            Assert.InRange(incident.Version, 1, 5);
        }
    }

    [Fact]
    public async Task Many_revisions_of_one_report_in_one_group_are_one_incident_in_the_newest()
    {
        var revisions = Enumerable.Range(1, 50).Select(revision => Samples.Report(feed, "same", revision, $"revision {revision}")).Reverse().ToArray();
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = revisions }]);
        await stack.Api.IncidentAsync(Incident("same"), "the newest revision", found => found.Title == "revision 50");
    }

    [Fact]
    public async Task A_cancel_that_arrives_before_its_report_withdraws_it_all_the_same()
    {
        var names = Enumerable.Range(0, 20).Select(number => $"c{number}").ToArray();
        await using var bus = await TestBus.ConnectAsync(stack);
        // The second revision of the same report, or another report that refers to it: formats do either.
        await bus.PublishAsync([new ReportsReceived { Reports = [.. names.Select((name, index) => index % 2 == 0
            ? Samples.Report(feed, name, 2, "taken back", ReportAction.Cancel)
            : Cancelling(name))] }]);
        var ids = names.Select(name => Ids.Report(feed, name)).ToArray();
        await CancellationsWaitAsync(ids);
        await bus.PublishAsync([new ReportsReceived { Reports = [.. names.Select(name => Samples.Report(feed, name, 1, "told"))] }]);

        foreach (var name in names)
            await stack.Api.IncidentAsync(Incident(name), "withdrawn", found => found.State == IncidentState.Withdrawn);
    }

    [Fact]
    public async Task A_report_that_is_cancelled_before_it_arrives_alerts_nobody()
    {
        var word = $"cancel{Guid.NewGuid():N}"[..16];
        var posting = await stack.Api.CreateFeedAsync(word);
        var rule = await stack.Api.CreateRuleAsync(word, word);
        await stack.Api.AcceptAsync(posting, new { externalId = "c", title = $"Taken back: {word}", action = "cancel", references = new[] { "r" } });
        // Messages may overtake each other: this is about the cancellation that came first.
        await CancellationsWaitAsync(Ids.Report(posting.Id, "r"));
        await stack.Api.AcceptAsync(posting, new[]
        {
            new { externalId = "r", title = $"Ransomware at a hospital in Estonia, {word}" },
            new { externalId = "other", title = $"Ransomware at a port in Latvia, {word}" },
        });

        await stack.Api.AlertAsync(Alert(rule, posting, "other"), "the alert of the report beside it", _ => true);
        var incident = await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(posting.Id, "r")), "the incident", _ => true);
        Assert.Equal(IncidentState.Withdrawn, incident.State);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM alerting.alerts WHERE id = $1 AND state <> 'resolved'", Alert(rule, posting, "r")));
    }

    [Fact]
    public async Task One_bad_report_among_499_good_ones_is_kept_aside_and_the_others_are_incidents()
    {
        var reports = Enumerable.Range(0, 500).Select(number => Samples.Report(feed, $"{number}", 1, number == 123 ? "bad \0" : "good")).ToArray();
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = reports }]);

        var ids = reports.Select(report => Ids.Incident(report.Id)).ToArray();
        await Eventually.EqualsAsync("incidents", Deadline, 499L, () => CountAsync("SELECT count(*) FROM classification.incidents WHERE id = ANY($1)", ids));
        await Eventually.IsTrueAsync("the bad one is kept", Deadline, async () =>
            (await stack.Api.GetAsync<JsonElement>(stack.Classification[0], "/v1/failures")).GetProperty("items").EnumerateArray()
                .Any(item => item.GetProperty("payload").ToString().Contains(reports[123].Id.ToString(), StringComparison.Ordinal)));
    }

    private ReceivedReport Cancelling(string name)
    {
        var cancel = Samples.Report(feed, $"cancel of {name}", 1, "taken back", ReportAction.Cancel);
        return cancel with { Report = cancel.Report with { References = [name] } };
    }

    private Guid Incident(string name) => Ids.Incident(Ids.Report(feed, name));

    private static Guid Alert(Guid rule, TestFeed feed, string externalId) => Ids.Alert(rule, Ids.Incident(Ids.Report(feed.Id, externalId)));

    [Theory]
    [InlineData("a", "u", "v")]
    [InlineData("u", "a", "v")]
    [InlineData("v", "u", "a")]
    [InlineData("a", "v", "u")]
    [InlineData("v", "a", "u")]
    public async Task Updates_are_one_incident_with_what_they_update_in_whatever_order_they_come(params string[] order)
    {
        var name = $"{Guid.NewGuid():N}";
        var chain = new Dictionary<string, ReceivedReport>
        {
            ["a"] = Named("a", $"Storm {word}", ReportAction.New),
            ["u"] = Named("u", $"Storm {word} grows", ReportAction.Update, "a"),
            ["v"] = Named("v", $"Storm {word} at its height", ReportAction.Update, "u"),
        };
        await using var bus = await TestBus.ConnectAsync(stack);
        foreach (var one in order)
        {
            await bus.PublishAsync([new ReportsReceived { Reports = [chain[one]] }]);
            await Eventually.EqualsAsync($"{one} is known", Deadline, 1L, () => CountAsync("SELECT count(*) FROM classification.incident_reports WHERE report_id = $1 AND revision = 1", chain[one].Id));
        }

        var states = await stack.Database.ListAsync<string>("""
            SELECT i.state || ' ' || i.title FROM classification.incidents i
            WHERE i.id IN (SELECT incident_id FROM classification.incident_reports WHERE report_id = ANY($1)) ORDER BY 1 DESC
            """, (object)chain.Values.Select(report => report.Id).ToArray());
        Assert.Equal($"open Storm {word} at its height", states[0]);
        Assert.All(states.Skip(1), state => Assert.StartsWith("merged ", state, StringComparison.Ordinal));

        ReceivedReport Named(string key, string title, ReportAction action, params string[] references)
        {
            var report = Samples.Report(feed, name + key, 1, title, action);
            return report with { Report = report.Report with { References = [.. references.Select(reference => name + reference)] } };
        }
    }

    [Fact]
    public async Task A_cancellation_of_what_an_update_replaced_leaves_the_update_and_one_of_the_update_ends_the_incident()
    {
        var replaced = Samples.Report(feed, "replaced", 1, $"Storm {word}");
        var update = Speaking("update", ReportAction.Update, "replaced");
        var late = Speaking("late", ReportAction.Cancel, "replaced");
        var end = Speaking("end", ReportAction.Cancel, "update");
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = [replaced] }]);
        await stack.Api.IncidentAsync(Incident("replaced"), "the incident", _ => true);
        await bus.PublishAsync([new ReportsReceived { Reports = [update] }]);
        await stack.Api.IncidentAsync(Incident("replaced"), "the update", found => found.Title == "update");
        await bus.PublishAsync([new ReportsReceived { Reports = [late] }]);
        var left = await stack.Api.IncidentAsync(Incident("replaced"), "the late cancellation", found => found.ReportCount == 3);
        Assert.Equal(IncidentState.Open, left.State);
        await bus.PublishAsync([new ReportsReceived { Reports = [end] }]);
        await stack.Api.IncidentAsync(Incident("replaced"), "its end", found => found.State == IncidentState.Withdrawn);

        ReceivedReport Speaking(string name, ReportAction action, string of)
        {
            var report = Samples.Report(feed, name, 1, name, action);
            return report with { Report = report.Report with { References = [of] } };
        }
    }

    [Fact]
    public async Task A_part_that_is_taken_back_leaves_the_incident_to_the_part_that_stands_under_the_strictest_marking()
    {
        var whole = Samples.Report(feed, "whole", 1, $"Storm {word}");
        var back = Samples.Report(feed, "one part", 2, "Taken back", ReportAction.Cancel);
        await using var bus = await TestBus.ConnectAsync(stack);
        foreach (var report in new[] { whole with { Report = whole.Report with { Marking = new Marking { Tlp = Tlp.Amber } } }, Part("one part"), Part("other part"), back })
        {
            await bus.PublishAsync([new ReportsReceived { Reports = [report] }]);
            await Eventually.EqualsAsync($"{report.Report.ExternalId} is known", Deadline, 1L, () =>
                CountAsync("SELECT count(*) FROM classification.incident_reports WHERE report_id = $1 AND revision = $2", report.Id, report.Revision));
        }
        var incident = await stack.Api.IncidentAsync(Incident("whole"));
        Assert.Equal((IncidentState.Open, "other part", Tlp.Amber, 3), (incident.State, incident.Title, incident.Marking.Tlp, incident.ReportCount));

        ReceivedReport Part(string name)
        {
            var report = Samples.Report(feed, name, 1, name, ReportAction.Update);
            return report with { Report = report.Report with { References = ["whole"] } };
        }
    }

    /// <summary>Until the cancellation of each of these reports is known.</summary>
    private Task CancellationsWaitAsync(params Guid[] reports) =>
        Eventually.EqualsAsync("cancellations that wait for their report", Deadline, (long)reports.Length, () =>
            CountAsync("SELECT count(*) FROM classification.incident_reports WHERE report_id = ANY($1)", reports));

    private Task<long> CountAsync(string sql, params object[] values) => stack.Database.ReadAsync<long>(sql, values);
}
