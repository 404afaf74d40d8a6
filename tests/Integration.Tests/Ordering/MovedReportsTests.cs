using Monitoring.Classification.Storage;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.ServiceDefaults.Outbox;
using Npgsql;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>Reports that change their incident, as an analyst's merge and split make them.</summary>
[Collection(SharedStackTests.Name)]
public sealed class MovedReportsTests(SharedStack shared)
{
    private readonly Stack stack = shared.Stack;
    private readonly Guid feed = Guid.NewGuid();
    private readonly string word = $"moved{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task A_merge_and_a_split_are_versions_that_alerts_and_later_revisions_follow()
    {
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var (port, harvest) = (Told("port", 1, $"Ransomware halts a port in Latvia {word}"), Told("harvest", 1, $"Drought ruins the harvest in Kenya {word}"));
        await using var bus = await TestBus.ConnectAsync(stack);
        await bus.PublishAsync([new ReportsReceived { Reports = [port, harvest] }]);
        var (one, other) = (Ids.Incident(port.Id), Ids.Incident(harvest.Id));
        await AlertIsAsync(rule, one, AlertState.Firing);
        await AlertIsAsync(rule, other, AlertState.Firing);

        await MoveAsync(harvest.Id, one, pin: false);
        await AlertIsAsync(rule, other, AlertState.Resolved);
        var merged = await stack.Api.IncidentAsync(other);
        Assert.Equal((IncidentState.Merged, one, 0, 2), (merged.State, merged.MergedInto, merged.ReportCount, merged.Version));
        var whole = await stack.Api.IncidentAsync(one);
        Assert.Equal((2, 2), (whole.ReportCount, whole.Reports!.Count));
        Assert.Equal(["KE", "LV"], whole.Countries.Select(country => country.Code).Order());

        var worse = Told("harvest", 2, $"Drought ruins the harvest in Kenya and Uganda {word}");
        await bus.PublishAsync([new ReportsReceived { Reports = [worse] }]);
        await stack.Api.IncidentAsync(one, "the later revision", found => found.Countries.Any(country => country.Code == "UG"));

        await MoveAsync(harvest.Id, other, pin: true);
        await AlertIsAsync(rule, other, AlertState.Firing);
        var split = await stack.Api.IncidentAsync(other);
        Assert.Equal((IncidentState.Open, null, 1, 3), (split.State, split.MergedInto, split.ReportCount, split.Version));
        Assert.Equal(["LV"], (await stack.Api.IncidentAsync(one)).Countries.Select(country => country.Code));
        Assert.Equal(3, (await stack.Database.ListAsync<int>("SELECT version FROM classification.incident_versions WHERE incident_id = $1", one)).Count);
    }

    private ReceivedReport Told(string name, int revision, string title)
    {
        var report = Samples.Report(feed, $"{word} {name}", revision, title);
        return report with { Report = report.Report with { Text = null } };
    }

    private async Task AlertIsAsync(Guid rule, Guid incident, AlertState state) =>
        await stack.Api.AlertAsync(Ids.Alert(rule, incident), $"the alert {state}", alert => alert.State == state);

    private async Task MoveAsync(Guid report, Guid into, bool pin)
    {
        await using var source = NpgsqlDataSource.Create(stack.Database.ConnectionStringOf("classification"));
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var changed = await IncidentUpdates.MoveAsync(connection, [report], into, pin, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await new Outbox(TimeProvider.System).StageAsync(connection, new IncidentsChanged { Incidents = changed }, CancellationToken.None);
        await transaction.CommitAsync();
    }
}
