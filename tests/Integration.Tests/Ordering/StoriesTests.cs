using Monitoring.Classification.Training;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;

namespace Monitoring.Integration.Tests.Ordering;

/// <summary>Two copies of Classification that join the reports of many stories.</summary>
[Collection(SharedStackTests.Name)]
public sealed class StoriesTests(SharedStack shared)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly Stack stack = shared.Stack;

    /// <summary>Each line is a story, told by three publishers.</summary>
    private static readonly string[][] Stories =
    [
        ["Ransomware halts cargo handling at the port of Klaipeda", "Port of Klaipeda stops handling cargo after ransomware attack", "Klaipeda: ransomware keeps port closed to cargo"],
        ["Cyclone Amaru floods Beira in Mozambique", "Mozambique: Beira under water after cyclone Amaru", "Cyclone Amaru leaves Beira flooded, Mozambique asks for help"],
        ["Norges Bank raises its key rate to 4.75 percent", "Norway: Norges Bank lifts key rate to 4.75 percent", "Key rate at 4.75 percent after Norges Bank surprises markets"],
        ["Frigate Halberd collides with trawler off Hokkaido", "Trawler sinks off Hokkaido after collision with frigate Halberd", "Hokkaido: frigate Halberd and trawler collide in fog"],
        ["Wildfire near Coimbra forces hundreds from their homes", "Hundreds flee homes as wildfire nears Coimbra", "Coimbra wildfire: hundreds of homes emptied"],
        ["Malware GlassOtter found in Bolivian water plants", "Bolivia finds GlassOtter malware in water plants", "GlassOtter malware hits water plants in Bolivia"],
        ["Drones strike fuel depot in Port Sudan", "Fuel depot in Port Sudan burns after drone strike", "Port Sudan fuel depot hit by drones"],
        ["Copper mine in Zambia shut after dam breach at Chambishi", "Chambishi dam breach: Zambia shuts copper mine", "Zambia closes Chambishi copper mine after breach of dam"],
    ];

    [Fact]
    public async Task Copies_that_see_the_first_reports_of_a_story_at_the_same_moment_make_one_incident_and_one_alert_of_them()
    {
        var word = $"story{Guid.NewGuid():N}"[..16];
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var now = TimeProvider.System.GetUtcNow();
        var reports = Stories.Select(story => story.Select(title => Told(Guid.NewGuid(), title, word, now)).ToArray()).ToArray();
        await using var bus = await TestBus.ConnectAsync(stack);
        // A message each, in an order in which reports of one story follow each other and so reach different copies.
        await bus.PublishAsync(reports.SelectMany(story => story).Select(report => new ReportsReceived { Reports = [report] }));

        var ids = reports.SelectMany(story => story).Select(report => report.Id).ToArray();
        await Eventually.EqualsAsync("reports known", Deadline, (long)ids.Length, () => CountAsync("SELECT count(*) FROM classification.incident_reports WHERE report_id = ANY($1)", ids));
        foreach (var story in reports)
        {
            var incidents = await stack.Database.ListAsync<Guid>(
                "SELECT DISTINCT incident_id FROM classification.incident_reports WHERE report_id = ANY($1)", (object)story.Select(report => report.Id).ToArray());
            var incident = await stack.Api.IncidentAsync(Assert.Single(incidents));
            Assert.Equal((IncidentState.Open, 3), (incident.State, incident.ReportCount));
        }
        await Eventually.EqualsAsync("an open alert of each story", Deadline, (long)Stories.Length, () =>
            CountAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = $1 AND state = 'firing'", rule));
        // No report had an alert of its own in between.
        Assert.Equal(Stories.Length, await CountAsync("SELECT count(*) FROM alerting.alerts WHERE rule_id = $1", rule));
    }

    [Fact]
    public async Task Labelled_stories_are_joined_by_the_running_service_as_well_as_by_the_evaluation()
    {
        if (LabelledStories() is not { } path)
        {
            Assert.Skip("The folder of labelled stories is not there.");
            return;
        }
        var texts = StoryText.Read(path);
        var reports = texts.Select(text => (Text: text, Report: new ReceivedReport
        {
            Id = Ids.Report(Ids.Named("feed", text.Source), text.Id), Revision = 1, FeedId = Ids.Named("feed", text.Source), Feed = text.Source, ReceivedAt = text.Published, Report = text.ToReport(),
        })).ToList();
        await using var bus = await TestBus.ConnectAsync(stack);
        // In the order of their times: a message is handed over when the one before it is done.
        foreach (var group in reports.Chunk(50))
        {
            await bus.PublishAsync([new ReportsReceived { Reports = [.. group.Select(pair => pair.Report)] }]);
            await Eventually.EqualsAsync("reports of the group", Deadline, (long)group.Length, () =>
                CountAsync("SELECT count(*) FROM classification.incident_reports WHERE report_id = ANY($1)", group.Select(pair => pair.Report.Id).ToArray()));
        }
        var incidents = await Task.WhenAll(reports.Select(async pair => (pair.Text, await stack.Database.ReadAsync<Guid>(
            "SELECT incident_id FROM classification.incident_reports WHERE report_id = $1", pair.Report.Id))));
        var figures = StoryFigures.Of(incidents);
        TestContext.Current.TestOutputHelper?.WriteLine($"{figures} {figures.F1}");
        Assert.InRange(figures.F1, 0.90, 1);
        Assert.InRange(figures.Paraphrases, 0.84, 1);
        Assert.InRange(figures.Lookalikes, 0, 0.36);
    }

    /// <summary>Beside the checkout, or beside a folder above it.</summary>
    private static string? LabelledStories()
    {
        for (var folder = new DirectoryInfo(Checkout.Root); folder.Parent is { } parent; folder = parent)
            if (Path.Combine(parent.FullName, "shared/data/dedup/dev.jsonl") is var path && File.Exists(path)) return path;
        return null;
    }

    private static ReceivedReport Told(Guid feed, string title, string word, DateTimeOffset at) => new()
    {
        Id = Ids.Report(feed, "1"), Revision = 1, FeedId = feed, Feed = $"feed-{feed:N}", ReceivedAt = at, Report = new Report { ExternalId = "1", Title = title, Text = $"Told of {word}." },
    };

    private Task<long> CountAsync(string sql, params object[] values) => stack.Database.ReadAsync<long>(sql, values);
}
