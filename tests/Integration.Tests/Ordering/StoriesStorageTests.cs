using System.Net;
using System.Text.Json;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Npgsql;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>What is kept of incidents' reports: from before an update of the service, of feeds that tell very much, and after a deletion.</summary>
[Collection(SharedStackTests.Name)]
public sealed class StoriesStorageTests(SharedStack shared)
{
    private readonly Stack stack = shared.Stack;
    private readonly Guid feed = Guid.NewGuid();
    private readonly string word = $"storage{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task An_incident_from_before_reports_were_kept_goes_on_under_its_marking_and_cannot_be_split()
    {
        var (old, update) = (Samples.Report(feed, "old", 1, $"Storm {word}"), Samples.Report(feed, "update", 1, $"Storm {word} grows", ReportAction.Update));
        var id = Ids.Incident(old.Id);
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = [old with { Report = old.Report with { Marking = new Marking { Tlp = Tlp.Amber } } }] }]);
        await stack.Api.IncidentAsync(id, "the incident", _ => true);
        await stack.Database.ListAsync<Guid>("UPDATE classification.incident_reports SET told = NULL, signature = NULL, family = NULL, reliability = NULL WHERE report_id = $1 RETURNING report_id", old.Id);

        await bus.PublishAsync([new ReportsReceived { Reports = [update with { Report = update.Report with { References = ["old"] } }] }]);
        var updated = await stack.Api.IncidentAsync(id, "the update", found => found.ReportCount == 2);
        Assert.Equal(($"Storm {word} grows", Tlp.Amber), (updated.Title, updated.Marking.Tlp));
        using var split = await stack.Api.SendAsync(HttpMethod.Post, stack.Classification[0], $"/v1/incidents/{id}/corrections", new { split = new[] { old.Id }, reason = "r" });
        Assert.Equal(HttpStatusCode.BadRequest, split.StatusCode);
    }

    [Fact]
    public async Task Of_an_incident_with_more_reports_than_are_read_those_of_every_publisher_are_read()
    {
        var incident = Guid.NewGuid();
        var reports = Enumerable.Range(0, 150).Select(number => Told("chatty", Reliability.F, number)).Append(Told("quiet", Reliability.A, -10)).ToList();
        await stack.Database.ListAsync<Guid>("""
            INSERT INTO classification.incident_reports (report_id, incident_id, revision, feed_id, feed, external_id, action, received_at, told, family, reliability)
            SELECT id, $1, 1, $1, 'f', id::text, 'new', at, told::json, told::json->>'family', told::json->>'reliability' FROM unnest($2, $3, $4) AS new (id, at, told) RETURNING report_id
            """, incident, reports.Select(report => report.Id).ToArray(), reports.Select(report => report.ReceivedAt).ToArray(),
            reports.Select(report => JsonSerializer.Serialize(report, IncidentJson.Default.ToldReport)).ToArray());

        await using var source = NpgsqlDataSource.Create(stack.Database.ConnectionStringOf("classification") + ";Search Path=classification");
        await using var connection = await source.OpenConnectionAsync();
        var read = (await ReportStatements.OfIncidentsAsync(connection, [incident], CancellationToken.None))[incident].Select(report => report.Told!).ToList();
        Assert.Equal(ReportStatements.TellingAtMost, read.Count);
        Assert.Equal(("quiet", "chatty"), (read[0].Family, read[1].Family));
        Assert.Equal(reports[149].Id, read[1].Id);
    }

    [Fact]
    public async Task An_incident_that_comes_back_after_it_was_deleted_goes_on_above_its_last_version()
    {
        var report = Samples.Report(feed, "back", 4, $"Storm {word}");
        await stack.Database.ListAsync<Guid>("INSERT INTO classification.deleted_incidents VALUES ($1, 7, now()) RETURNING id", Ids.Incident(report.Id));
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = [report] }]);
        Assert.Equal(8, (await stack.Api.IncidentAsync(Ids.Incident(report.Id), "the incident", _ => true)).Version);
    }

    [Fact]
    public async Task A_group_that_is_delivered_again_changes_nothing()
    {
        ReceivedReport Say(string title) => Samples.Report(Guid.NewGuid(), word, 1, title);
        var group = new[] { Say($"Barrage {word} bursts near Maputo"), Say($"Maputo: barrage {word} bursts") };
        var later = Say($"Burst barrage {word} near Maputo empties villages");
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = group }]);
        var incident = await IncidentOfAsync(group[0]);
        var version = (await stack.Api.IncidentAsync(incident)).Version;
        await bus.PublishAsync([new ReportsReceived { Reports = [.. group, later] }]);
        Assert.Equal(incident, await IncidentOfAsync(later));
        var after = await stack.Api.IncidentAsync(incident, "the third report", found => found.ReportCount == 3);
        Assert.Equal(version + 1, after.Version);

        async Task<Guid> IncidentOfAsync(ReceivedReport report) => (await Eventually.HasAsync("the report", TimeSpan.FromSeconds(30), async () =>
            await stack.Database.ListAsync<Guid>("SELECT incident_id FROM classification.incident_reports WHERE report_id = $1", report.Id) is { Count: 1 } found ? found : null))[0];
    }

    private ToldReport Told(string family, Reliability reliability, int minutes) => new()
    {
        Id = Guid.NewGuid(), Title = family, Text = "", FeedId = feed, Family = family, Reliability = reliability, Status = ReportStatus.Actual, Marking = new Marking(),
        ReceivedAt = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero).AddMinutes(minutes), Places = [],
        Verdict = new Verdict { Domains = [], Probabilities = new Dictionary<Domain, double>(), Severity = Severity.Info, Confidence = 0, Countries = [], Actors = [], Model = "test", Evidence = [] },
    };
}
