using System.Net;
using System.Text.Json;
using Monitoring.Classification.Retraining;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.ServiceDefaults.Tokens;

namespace Monitoring.Integration.Tests.Corrections;

/// <summary>Learning from corrections, by two copies of Classification.</summary>
public sealed class RetrainingTests(Servers servers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string[] Places = ["Lima", "Oslo", "Accra", "Hanoi", "Quito", "Perth", "Turin", "Lagos", "Busan", "Leeds"];

    /// <summary>What no model can know yet.</summary>
    private static readonly string[] Unheard =
    [
        "A zorblat rises over {0} for day {1}", "Zorblat near {0} grows, {1} streets are cut off", "{1} families leave {0} before the zorblat", "Zorblat season begins early in {0}, {1} calls so far",
    ];

    [Fact]
    public async Task Few_corrections_move_little_many_move_much_bad_ones_are_not_put_in_force_and_every_copy_follows()
    {
        await using var stack = await Stack.StartAsync(servers, copies: 2, new Dictionary<string, string> { ["Retraining__Every"] = "00:00:00" }, "Ingestion", "Classification");
        var (builtIn, before) = await ProbeAsync(stack, 0);
        var feed = await stack.Api.CreateFeedAsync("learning");
        var (earlier, corrected) = (await PostAsync(stack, feed, "b", "Zorblat near Reykjavik grows", "2026-05-01T00:00:00Z"), await PostAsync(stack, feed, "c", "A zorblat rises over Kampala for days", "2026-08-01T00:00:00Z"));
        await stack.Api.PostAsync(stack.Classification[0], $"/v1/incidents/{corrected.Id}/corrections", new { domains = new[] { "cyber" }, severity = "low", reason = "A network of that name." });

        await CorrectAsync(stack, Zorblats(3));
        var few = await RetrainAsync(stack);
        var (_, afterFew) = await ProbeAsync(stack, 0);
        Assert.Equal(4, few.GetProperty("examples").GetInt32() + few.GetProperty("keptBack").GetInt32());

        await CorrectAsync(stack, Zorblats(400));
        var many = await RetrainAsync(stack);
        var version = many.GetProperty("version").GetString()!;
        Assert.True(many.GetProperty("active").GetBoolean(), many.ToString());
        var (judgedBy, afterMany) = await ProbeAsync(stack, 0);
        Assert.Equal(version, judgedBy);
        Assert.InRange(afterFew - before, 0, 0.15);
        Assert.InRange(afterMany, 0.7, 1);
        await FollowsAsync(stack, 1, version);
        var incident = await PostAsync(stack, feed, "a", "Zorblat season begins early in Dakar", "2026-11-01T00:00:00Z");
        Assert.Equal((version, Domain.Climate), (incident.Model, Assert.Single(incident.Domains)));
        await RejudgeAsync(stack, earlier, corrected.Id);

        await CorrectAsync(stack, [.. OwnTexts.All.Where(text => text.Domains.Count > 0).Take(150).Select(text => (text.Title, Wire<Domain>.All[((int)text.Domains[0] + 1) % 4]))]);
        var bad = await RetrainAsync(stack);
        Assert.False(bad.GetProperty("active").GetBoolean(), bad.ToString());
        Assert.Contains("worse on the", bad.GetProperty("fate").GetString(), StringComparison.Ordinal);
        var own = bad.GetProperty("figures").GetProperty("own");
        Assert.True(own.GetProperty("after").GetProperty("exactDomains").GetDouble() < own.GetProperty("before").GetProperty("exactDomains").GetDouble());
        Assert.Equal(version, (await ProbeAsync(stack, 0)).Model);

        var models = (await stack.Api.GetAsync<JsonElement>(stack.Classification[1], "/v1/models")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([bad.GetProperty("version").GetString(), version, few.GetProperty("version").GetString(), builtIn], models.Select(model => model.GetProperty("version").GetString()));
        Assert.Equal(version, Assert.Single(models, model => model.GetProperty("active").GetBoolean()).GetProperty("version").GetString());
        var compared = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stack.Api.SendAsync(HttpMethod.Get, stack.Classification[1], $"/v1/models/{builtIn}/compare/{version}")));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], compared.Select(answer => answer.StatusCode).Distinct().Order());
        var comparison = JsonDocument.Parse(await compared.First(answer => answer.IsSuccessStatusCode).Content.ReadAsStringAsync()).RootElement;
        Assert.InRange(comparison.GetProperty("keptBack").GetProperty("differ").GetInt32(), 20, 400);

        using (var reader = stack.Api.As("reader", Scopes.IncidentsRead, Scopes.IncidentsCorrect))
        {
            using var refused = await reader.PostAsync(new Uri(stack.Classification[0].Address, $"/v1/models/{builtIn}/activate"), null);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        await stack.Api.PostAsync(stack.Classification[1], $"/v1/models/{builtIn}/activate", new { });
        await FollowsAsync(stack, 0, builtIn);
        Assert.Equal(before, (await ProbeAsync(stack, 0)).Climate);
        await stack.Api.PostAsync(stack.Classification[1], $"/v1/models/{version}/activate", new { });
        await stack.Classification[0].KillAsync();
        stack.Classification[0].Start();
        await stack.ReadyAsync();
        await FollowsAsync(stack, 0, version);
        var activations = (await stack.Api.GetAsync<JsonElement>(stack.Classification[0], $"/v1/models/{version}")).GetProperty("activations");
        Assert.Equal(["tests", "tests"], activations.EnumerateArray().Select(activation => activation.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task One_copy_trains_on_schedule_and_what_arrives_meanwhile_is_learnt_next_but_not_while_a_person_went_back()
    {
        await using var stack = await Stack.StartAsync(servers, copies: 2, new Dictionary<string, string> { ["Retraining__Every"] = "00:00:02" }, "Classification");
        var (builtIn, _) = await ProbeAsync(stack, 0);
        // Where nothing was trained yet, nobody goes back.
        await ActivateAsync(stack, builtIn);
        await using (await stack.Database.HoldAsync("LOCK TABLE classification.model_activations IN SHARE MODE"))
        {
            await CorrectAsync(stack, Zorblats(100));
            await stack.Database.BlocksAsync("who has trained");
            using var busy = await stack.Api.SendAsync(HttpMethod.Post, stack.Classification[0], "/v1/models/retrain");
            Assert.Equal(HttpStatusCode.Conflict, busy.StatusCode);
            await CorrectAsync(stack, [("Zorblat reaches Tirana", "climate")]);
        }
        foreach (var copy in new[] { 0, 1 }) await FollowsAsync(stack, copy, $"{builtIn}-r2");
        Assert.Equal(["schedule 100", "schedule 101"], await TrainedAsync(stack));

        await ActivateAsync(stack, builtIn);
        await CorrectAsync(stack, [("Zorblat leaves Tirana", "climate")]);
        await RefusesAsync(stack, builtIn);
        Assert.Equal(2, (await TrainedAsync(stack)).Count(trained => trained.StartsWith("schedule", StringComparison.Ordinal)));

        await ActivateAsync(stack, $"{builtIn}-r2");
        await FollowsAsync(stack, 0, $"{builtIn}-r3");
        Assert.Contains("schedule 102", await TrainedAsync(stack));
    }

    /// <summary>What cannot be judged by is not put in force; a copy that finds it in force starts all the same, judges by what is built in, and says so.</summary>
    private static async Task RefusesAsync(Stack stack, string builtIn)
    {
        await CopyAsync("older", "'another'", "weights");
        await CopyAsync("renamed", "foundation", "weights");
        await CopyAsync("damaged", "foundation", "set_byte(weights, 1000, get_byte(weights, 1000) # 1)");
        foreach (var (version, reason) in new[] { ("older", "was trained on another"), ("renamed", $"are those of {builtIn}-r2"), ("damaged", "cannot be read") })
        {
            using var refused = await stack.Api.SendAsync(HttpMethod.Post, stack.Classification[0], $"/v1/models/{version}/activate");
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains(reason, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await stack.Classification[1].KillAsync();
        await stack.Database.ListAsync<int>("INSERT INTO classification.model_activations (version, activated_at, activated_by, holds) VALUES ('damaged', now(), 'somebody', true) RETURNING 1");
        stack.Classification[1].Start();
        await stack.ReadyAsync();
        await Eventually.IsTrueAsync("the copy says why", TimeSpan.FromSeconds(30), () => stack.Classification[1].Log.Contains("Model damaged is to be in force and cannot be", StringComparison.Ordinal));
        Assert.Equal(builtIn, (await ProbeAsync(stack, 1)).Model);

        Task CopyAsync(string version, string foundation, string weights) => stack.Database.ListAsync<int>($"""
            INSERT INTO classification.models SELECT '{version}', created_at - interval '1 day', 'somebody', trained_from, {foundation}, examples, kept_back, learnt_until, figures, {weights}
            FROM classification.models WHERE version = '{builtIn}-r2' RETURNING 1
            """);
    }

    /// <summary>
    /// Judges again by what was learnt: nothing changes before it is asked for, and never what an analyst said; what is interrupted goes on
    /// where it was, and changes nothing twice.
    /// </summary>
    private static async Task RejudgeAsync(Stack stack, Incident earlier, Guid corrected)
    {
        string[] rejudge = ["rejudge", "--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"];
        await CopyAsync(stack, earlier.Id, 250);
        var before = await StateAsync(stack);
        var looked = await stack.Classification[0].RunAsync(rejudge);
        Assert.Contains($"{earlier.Id}", looked, StringComparison.Ordinal);
        Assert.Contains("domains none → climate", looked, StringComparison.Ordinal);
        Assert.DoesNotContain($"{corrected}", looked, StringComparison.Ordinal);
        Assert.Contains("252 reports judged again; 251 incidents would change", looked, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(stack));

        // The corrected one is in the second group.
        await using (await stack.Database.HoldAsync("SELECT FROM classification.incidents WHERE id = $1 FOR UPDATE", corrected))
        {
            using var interrupted = stack.Classification[0].Command([.. rejudge, "--apply"]);
            await stack.Database.BlocksAsync("the second group");
            interrupted.Kill();
            await interrupted.WaitForExitAsync();
        }
        Assert.Contains("52 reports judged again; 51 incidents changed", await stack.Classification[0].RunAsync([.. rejudge, "--apply"]), StringComparison.Ordinal);
        var (after, kept) = (await stack.Api.IncidentAsync(earlier.Id), await stack.Api.IncidentAsync(corrected));
        Assert.Equal((earlier.Version + 1, Domain.Climate), (after.Version, Assert.Single(after.Domains)));
        Assert.Equal((2, Domain.Cyber, Severity.Low), (kept.Version, Assert.Single(kept.Domains), kept.Severity));
        Assert.Equal([after.Version], await stack.Database.ListAsync<int>("SELECT DISTINCT version FROM classification.incidents WHERE title = $1", earlier.Title));
        Assert.Contains("Nothing would change", await stack.Classification[0].RunAsync([.. rejudge, "--apply"]), StringComparison.Ordinal);
    }

    /// <summary>More incidents like one, so that they are more than a group.</summary>
    private static Task CopyAsync(Stack stack, Guid incident, int count) => stack.Database.ListAsync<int>(
        """
        WITH ids AS MATERIALIZED (SELECT gen_random_uuid() AS report, gen_random_uuid() AS incident FROM generate_series(1, $2)),
            reports AS (
                INSERT INTO classification.incident_reports
                SELECT (jsonb_populate_record(kept, jsonb_build_object('report_id', report, 'incident_id', incident, 'told', jsonb_set(told::jsonb, '{id}', to_jsonb(report))))).*
                FROM classification.incident_reports kept, ids WHERE kept.incident_id = $1)
        INSERT INTO classification.incidents
        SELECT (jsonb_populate_record(known, jsonb_build_object('id', incident))).* FROM classification.incidents known, ids WHERE known.id = $1 RETURNING 1
        """,
        incident, count);

    /// <summary>All that is known of incidents and reports, as one value.</summary>
    private static Task<string> StateAsync(Stack stack) => stack.Database.ReadAsync<string>("""
        SELECT md5(concat((SELECT string_agg(i::text, '' ORDER BY id) FROM classification.incidents i), (SELECT string_agg(r::text, '' ORDER BY report_id) FROM classification.incident_reports r),
            (SELECT string_agg(v::text, '' ORDER BY incident_id, version) FROM classification.incident_versions v)))
        """);

    private static Task ActivateAsync(Stack stack, string version) => stack.Api.PostAsync(stack.Classification[0], $"/v1/models/{version}/activate", new { });

    /// <summary>Who had what trained of how many corrections, in this order.</summary>
    private static Task<List<string>> TrainedAsync(Stack stack) =>
        stack.Database.ListAsync<string>("SELECT concat(created_by, ' ', examples + kept_back) FROM classification.models ORDER BY created_at");

    private static async Task<Incident> PostAsync(Stack stack, TestFeed feed, string externalId, string title, string publishedAt)
    {
        // Far apart in time, or they would be one story.
        await stack.Api.AcceptAsync(feed, new { externalId, title, publishedAt });
        return await stack.Api.IncidentAsync(Ids.Incident(Ids.Report(feed.Id, externalId)), "the incident", _ => true);
    }

    /// <summary>Labelled texts as corrections leave them; what a correction itself does is another test's matter.</summary>
    private static Task CorrectAsync(Stack stack, (string Title, string Domain)[] said) => stack.Database.ListAsync<int>(
        """
        INSERT INTO classification.corrections (id, incident_id, version, created_at, created_by, reason, change, before, incidents, report_id, title, text, label)
        SELECT gen_random_uuid(), gen_random_uuid(), 2, now(), 'tests', 'r', '{}', '{}', '{}', gen_random_uuid(), title, '', jsonb_build_object('domains', jsonb_build_array(domain))
        FROM unnest($1, $2) AS said (title, domain) RETURNING 1
        """,
        said.Select(one => one.Title).ToArray(), said.Select(one => one.Domain).ToArray());

    private static (string Title, string Domain)[] Zorblats(int count) =>
        [.. Enumerable.Range(0, count).Select(number => (string.Format(null, Unheard[number % Unheard.Length], Places[number / Unheard.Length % Places.Length], number + 11), "climate"))];

    private static Task<JsonElement> RetrainAsync(Stack stack) => stack.Api.PostAsync(stack.Classification[0], "/v1/models/retrain", new { });

    private static async Task<(string Model, double Climate)> ProbeAsync(Stack stack, int copy)
    {
        var verdict = await stack.Api.PostAsync(stack.Classification[copy], "/v1/classify", new { title = "The zorblat off Dakar worries everybody" });
        return (verdict.GetProperty("model").GetString()!, verdict.GetProperty("probabilities").GetProperty("climate").GetDouble());
    }

    private static Task FollowsAsync(Stack stack, int copy, string version) =>
        Eventually.EqualsAsync("the model that judges", Deadline, version, async () => (await ProbeAsync(stack, copy)).Model);
}
