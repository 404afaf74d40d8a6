using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Integration.Tests.Corrections;

/// <summary>An analyst's word against the machine's, through the running services.</summary>
[Collection(SharedStackTests.Name)]
public sealed class CorrectionsTests(SharedStack shared)
{
    private readonly Stack stack = shared.Stack;
    private readonly string word = $"correct{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task A_correction_changes_the_incident_and_its_alert_at_once_and_stays_when_the_report_is_revised()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var incident = await PostAsync(feed, "a", $"Hackers steal customer records of a ferry company in Iceland {word}");
        var alert = await stack.Api.AlertAsync(Ids.Alert(rule, incident.Id), "the alert", _ => true);

        var answer = await CorrectAsync(incident.Id, new
        {
            domains = new[] { "military" }, severity = "critical", countries = new object[] { new { code = "lv" }, new { code = "RU", role = "actor" } }, reason = "It was shelled.",
        });
        var corrected = await stack.Api.IncidentAsync(incident.Id);
        Assert.Equal(incident.Version + 1, corrected.Version);
        Assert.Equal(answer.GetProperty("correction").GetProperty("version").GetInt32(), corrected.Version);
        AssertSaid(corrected);
        Assert.Equal(["LV", "RU"], corrected.Members.Select(member => member.Country));
        await stack.Api.AlertAsync(alert.Id, "the alert follows", found => found is { Severity: Severity.Critical } && found.Domains is [Domain.Military] && found.Countries is ["LV", "RU"]);

        // The machine may say what it likes of what comes later.
        await stack.Api.AcceptAsync(feed, new { externalId = "a", title = $"Phishing attack empties accounts at a bank in Finland {word}", action = "update" });
        AssertSaid(await stack.Api.IncidentAsync(incident.Id, "the revision", found => found.Title.StartsWith("Phishing", StringComparison.Ordinal)));

        await CorrectAsync(incident.Id, new { lift = new[] { "domains", "severity", "countries" }, reason = "The feed put it right." });
        var lifted = await stack.Api.IncidentAsync(incident.Id);
        Assert.Null(lifted.Corrected);
        Assert.Equal((Domain.Cyber, "FI"), (lifted.Domains[0], lifted.Countries[0].Code));

        var history = (await stack.Api.GetAsync<JsonElement>(stack.Classification[1], $"/v1/incidents/{incident.Id}/history")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, lifted.Version).Reverse(), history.Select(version => version.GetProperty("version").GetInt32()));
        var made = history.Single(version => version.GetProperty("version").GetInt32() == corrected.Version);
        Assert.Equal(("tests", "It was shelled."), (made.GetProperty("correction").GetProperty("by").GetString(), made.GetProperty("correction").GetProperty("reason").GetString()));
        Assert.Contains("severity", made.GetProperty("changed").EnumerateArray().Select(field => field.GetString()));
        var kept = (await stack.Api.GetAsync<JsonElement>(stack.Classification[1], $"/v1/incidents/{incident.Id}/corrections")).GetProperty("items");
        Assert.Equal(["The feed put it right.", "It was shelled."], kept.EnumerateArray().Select(correction => correction.GetProperty("reason").GetString()));
        Assert.Equal("cyber", kept[1].GetProperty("before").GetProperty("domains")[0].GetString());
    }

    [Fact]
    public async Task A_correction_stands_when_another_report_joins_and_changes_an_incident_whose_reports_were_not_kept()
    {
        var (first, second) = (await stack.Api.CreateFeedAsync($"{word}1"), await stack.Api.CreateFeedAsync($"{word}2"));
        var url = $"https://example.org/{word}";
        await stack.Api.AcceptAsync(first, new { externalId = "a", title = $"Hackers steal customer records of a ferry company in Iceland {word}", url });
        var incident = await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(first.Id, "a")), "the incident", _ => true);
        await CorrectAsync(incident.Id, new { domains = new[] { "economic" }, severity = "critical", reason = "r" });
        await stack.Api.AcceptAsync(second, new { externalId = "b", title = $"Customer records of a ferry company in Iceland stolen by hackers {word}", url });
        var joined = await stack.Api.IncidentAsync(incident.Id, "the second report", found => found.ReportCount == 2);
        Assert.Equal((Domain.Economic, Severity.Critical), (Assert.Single(joined.Domains), joined.Severity));

        await stack.Database.ListAsync<int>("UPDATE classification.incident_reports SET told = NULL WHERE incident_id = $1 RETURNING 1", incident.Id);
        await CorrectAsync(incident.Id, new { domains = new[] { "military" }, reason = "r" });
        var untold = await stack.Api.IncidentAsync(incident.Id);
        Assert.Equal((Domain.Military, Severity.Critical, joined.Title, joined.Version + 1), (Assert.Single(untold.Domains), untold.Severity, untold.Title, untold.Version));
    }

    [Fact]
    public async Task Not_a_threat_ends_the_alert()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var incident = await PostAsync(feed, "a", $"Missiles hit an airfield near Benghazi in Libya {word}", new { severity = "critical" });
        var alerts = await Eventually.HasAsync("an alert of the default rules", TimeSpan.FromSeconds(30), async () =>
            await stack.Database.ListAsync<Guid>("SELECT id FROM alerting.alerts WHERE incident_id = $1 AND state = 'firing'", incident.Id) is { Count: > 0 } firing ? firing : null);

        await CorrectAsync(incident.Id, new { notAThreat = true, reason = "A film." });
        var corrected = await stack.Api.IncidentAsync(incident.Id);
        Assert.Equal((0, Severity.Info), (corrected.Domains.Count, corrected.Severity));
        foreach (var alert in alerts) await stack.Api.AlertAsync(alert, "the alert ends", found => found.State == AlertState.Resolved);
    }

    [Fact]
    public async Task Merged_incidents_are_one_and_split_ones_are_two_with_every_report_in_one_of_them()
    {
        var (first, second) = (await stack.Api.CreateFeedAsync($"{word}1"), await stack.Api.CreateFeedAsync($"{word}2"));
        var rule = await stack.Api.CreateRuleAsync(word, word);
        var one = await PostAsync(first, "a", $"River floods leave thousands homeless in Bangladesh {word}");
        var other = await PostAsync(second, "b", $"Malware halts production at a steel plant in Brazil {word}");
        await stack.Api.AlertAsync(Ids.Alert(rule, one.Id), "the first alert", _ => true);
        await stack.Api.AlertAsync(Ids.Alert(rule, other.Id), "the second alert", _ => true);
        await CorrectAsync(other.Id, new { severity = "critical", reason = "The plant supplies everybody." });

        await CorrectAsync(one.Id, new { mergeWith = new[] { other.Id }, reason = "One event." });
        var (merged, gone) = (await stack.Api.IncidentAsync(one.Id), await stack.Api.IncidentAsync(other.Id));
        Assert.Equal((2, IncidentState.Merged, one.Id, 0), (merged.ReportCount, gone.State, gone.MergedInto, gone.Reports!.Count));
        Assert.Equal(Severity.Critical, merged.Severity);
        await stack.Api.AlertAsync(Ids.Alert(rule, other.Id), "the merged one's alert ends", found => found.State == AlertState.Resolved);
        await stack.Api.AlertAsync(Ids.Alert(rule, one.Id), "the other one's goes on", found => found is { State: AlertState.Firing, Severity: Severity.Critical });
        using (var late = await SendAsync(other.Id, new { severity = "low", reason = "r" })) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);

        var report = Ids.Report(second.Id, "b");
        using (var all = await SendAsync(one.Id, new { split = merged.Reports!.Select(kept => kept.Id), reason = "r" })) Assert.Equal(HttpStatusCode.BadRequest, all.StatusCode);
        await CorrectAsync(one.Id, new { split = new[] { report }, reason = "Two after all." });
        var (rest, again) = (await stack.Api.IncidentAsync(one.Id), await stack.Api.IncidentAsync(other.Id));
        Assert.Equal((1, IncidentState.Open, 1), (rest.ReportCount, again.State, again.ReportCount));
        Assert.Equal((report, Severity.Critical), (Assert.Single(again.Reports!).Id, again.Severity));
        await stack.Api.AlertAsync(Ids.Alert(rule, other.Id), "its alert is back", found => found.State == AlertState.Firing);

        // A report that began its incident leaves it to the others, under an id that the correction gives.
        await CorrectAsync(one.Id, new { mergeWith = new[] { other.Id }, reason = "One event again." });
        var split = await CorrectAsync(one.Id, new { split = new[] { Ids.Report(first.Id, "a") }, reason = "The flood is another." });
        var ids = split.GetProperty("incidents").EnumerateArray().Select(incident => incident.GetProperty("id").GetGuid()).ToList();
        Assert.Equal(2, ids.Count);
        var reports = await Task.WhenAll(ids.Select(async id => Assert.Single((await stack.Api.IncidentAsync(id)).Reports!).Id));
        Assert.Equal(new[] { report, Ids.Report(first.Id, "a") }.Order(), reports.Order());
    }

    [Fact]
    public async Task Reports_that_arrive_while_an_analyst_merges_their_incident_go_with_it()
    {
        string[] events = ["Landslide buries a road near Pokhara", "Forgers flood Tunisia with bank notes", "Mortars hit a checkpoint near Tikrit", "Intruders read the mail of a ministry in Paraguay"];
        string[] others = ["Cotton prices halve in Benin", "Submarine surfaces off Iceland", "Bush fire closes an airport of Tasmania", "Worm stops looms in Vietnam"];
        await using var bus = await TestBus.ConnectAsync(stack);
        var feed = Guid.NewGuid();
        var (goers, stayers) = (events.Select((title, number) => Told($"goer {number}", title)).ToList(), others.Select((title, number) => Told($"stayer {number}", title)).ToList());
        await bus.PublishAsync([new ReportsReceived { Reports = [.. goers, .. stayers] }]);
        foreach (var report in goers.Concat(stayers)) await stack.Api.IncidentAsync(Ids.Incident(report.Id), "the incident", _ => true);

        var late = events.Select((title, number) => Told($"late {number}", $"{title}, police say", $"{word} goer {number}")).ToList();
        await Task.WhenAll(
            bus.PublishAsync(late.Select(report => new ReportsReceived { Reports = [report] })),
            Task.WhenAll(events.Select((_, number) => CorrectAsync(Ids.Incident(stayers[number].Id), new { mergeWith = new[] { Ids.Incident(goers[number].Id) }, reason = "One event." }))));
        for (var number = 0; number < events.Length; number++)
        {
            var merged = await stack.Api.IncidentAsync(Ids.Incident(stayers[number].Id), "all three reports", found => found.ReportCount == 3);
            var gone = await stack.Api.IncidentAsync(Ids.Incident(goers[number].Id));
            Assert.Equal((IncidentState.Open, IncidentState.Merged, merged.Id, 0), (merged.State, gone.State, gone.MergedInto, gone.ReportCount));
        }

        ReceivedReport Told(string id, string title, string? references = null)
        {
            var report = Ordering.Samples.Report(feed, $"{word} {id}", 1, $"{title} {word}", references is null ? ReportAction.New : ReportAction.Update);
            return report with { Report = report.Report with { Text = null, References = references is null ? [] : [references] } };
        }
    }

    [Fact]
    public async Task Of_two_analysts_who_saw_the_same_version_one_is_refused_and_a_repeated_request_is_done_once()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var incident = await PostAsync(feed, "a", $"Ransomware paralyses the tax office of Uruguay {word}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => SendAsync(
            incident.Id, new { version = incident.Version, severity = number % 2 == 0 ? "low" : "high", reason = "r" }, copy: number % 2)));
        Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)], answers.Select(answer => answer.StatusCode).Order());
        using var stale = await SendAsync(incident.Id, new { severity = "low", reason = "r" }, ifMatch: $"\"{incident.Version}\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);

        var repeated = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => SendAsync(incident.Id, new { severity = "medium", reason = "r" }, copy: number % 2, key: word)));
        Assert.All(repeated, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(incident.Version + 2, (await stack.Api.IncidentAsync(incident.Id)).Version);
        using var other = await SendAsync(incident.Id, new { severity = "info", reason = "r" }, key: word);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Only_who_may_correct_corrects_and_what_is_wrong_is_named_by_field()
    {
        var feed = await stack.Api.CreateFeedAsync(word);
        var incident = await PostAsync(feed, "a", $"Data breach at the railways of Malaysia {word}");
        using var reader = stack.Api.As("reader", Scopes.IncidentsRead);
        using var refused = await reader.PostAsJsonAsync(new Uri(stack.Classification[0].Address, $"/v1/incidents/{incident.Id}/corrections"), new { severity = "low", reason = "r" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var missing = await SendAsync(Guid.NewGuid(), new { severity = "low", reason = "r" });
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        using var wrong = await SendAsync(incident.Id, new { severity = "urgent", mergeWith = new[] { incident.Id } });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(field => field.Name);
        Assert.Equal(["mergeWith", "reason", "severity"], errors.Order());
        using var unknown = await SendAsync(incident.Id, new { mergeWith = new[] { Guid.NewGuid() }, reason = "r" });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(incident.Version, (await stack.Api.IncidentAsync(incident.Id)).Version);
    }

    private static void AssertSaid(Incident incident)
    {
        Assert.Equal(["domains", "severity", "countries"], incident.Corrected!);
        Assert.Equal([Domain.Military], incident.Domains);
        Assert.Equal([new CountryFinding("LV", CountryRole.Affected), new("RU", CountryRole.Actor)], incident.Countries);
        Assert.Equal((Severity.Critical, 1.0), (incident.Severity, incident.Confidence));
    }

    private async Task<Incident> PostAsync(TestFeed feed, string externalId, string title, object? hints = null)
    {
        await stack.Api.AcceptAsync(feed, new { externalId, title, hints });
        return await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(feed.Id, externalId)), "the incident", _ => true);
    }

    private async Task<JsonElement> CorrectAsync(Guid incident, object body)
    {
        using var answer = await SendAsync(incident, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private Task<HttpResponseMessage> SendAsync(Guid incident, object body, int copy = 0, string? ifMatch = null, string? key = null) =>
        stack.Api.SendAsync(HttpMethod.Post, stack.Classification[copy], $"/v1/incidents/{incident}/corrections", body, request =>
        {
            if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
        });
}
