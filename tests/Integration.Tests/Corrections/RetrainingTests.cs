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
        var own = bad.GetProperty("figures").GetProperty("own");
        Assert.True(own.GetProperty("after").GetProperty("exactDomains").GetDouble() < own.GetProperty("before").GetProperty("exactDomains").GetDouble());
        Assert.Equal(version, (await ProbeAsync(stack, 0)).Model);

        var models = (await stack.Api.GetAsync<JsonElement>(stack.Classification[1], "/v1/models")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([bad.GetProperty("version").GetString(), version, few.GetProperty("version").GetString(), builtIn], models.Select(model => model.GetProperty("version").GetString()));
        Assert.Equal(version, Assert.Single(models, model => model.GetProperty("active").GetBoolean()).GetProperty("version").GetString());
        var compared = await stack.Api.GetAsync<JsonElement>(stack.Classification[1], $"/v1/models/{builtIn}/compare/{version}");
        Assert.InRange(compared.GetProperty("keptBack").GetProperty("differ").GetInt32(), 20, 400);

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
    public async Task One_copy_trains_on_schedule_and_a_model_that_cannot_be_loaded_leaves_the_built_in_one_in_force()
    {
        await using var stack = await Stack.StartAsync(servers, copies: 2, new Dictionary<string, string> { ["Retraining__Every"] = "00:00:02" }, "Classification");
        var (builtIn, _) = await ProbeAsync(stack, 0);
        await CorrectAsync(stack, Zorblats(100));
        await FollowsAsync(stack, 0, $"{builtIn}-r1");
        await FollowsAsync(stack, 1, $"{builtIn}-r1");
        Assert.Equal(["schedule"], await stack.Database.ListAsync<string>("SELECT created_by FROM classification.models"));

        await stack.Database.ListAsync<int>("""
            INSERT INTO classification.models SELECT 'foreign', now(), 'somebody', trained_from, foundation, examples, kept_back, learnt_until, figures, '\x00010203' FROM classification.models RETURNING 1
            """);
        using var refused = await stack.Api.SendAsync(HttpMethod.Post, stack.Classification[0], "/v1/models/foreign/activate");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("cannot be read", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stack.Database.ListAsync<int>("INSERT INTO classification.model_activations (version, activated_at, activated_by) VALUES ('foreign', now(), 'somebody') RETURNING 1");
        await FollowsAsync(stack, 1, builtIn);
        await Eventually.IsTrueAsync("the copy says why", TimeSpan.FromSeconds(30), () => stack.Classification[1].Log.Contains("foreign", StringComparison.Ordinal));
    }

    /// <summary>Judges again by what was learnt: nothing changes before it is asked for, and never what an analyst said.</summary>
    private static async Task RejudgeAsync(Stack stack, Incident earlier, Guid corrected)
    {
        string[] rejudge = ["rejudge", "--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"];
        var looked = await stack.Classification[0].RunAsync(rejudge);
        Assert.Contains($"{earlier.Id}", looked, StringComparison.Ordinal);
        Assert.Contains("domains none → climate", looked, StringComparison.Ordinal);
        Assert.DoesNotContain($"{corrected}", looked, StringComparison.Ordinal);
        Assert.Contains("1 incidents would change", looked, StringComparison.Ordinal);
        Assert.Equal(earlier.Version, (await stack.Api.IncidentAsync(earlier.Id)).Version);

        Assert.Contains("1 incidents changed", await stack.Classification[0].RunAsync([.. rejudge, "--apply"]), StringComparison.Ordinal);
        var (after, kept) = (await stack.Api.IncidentAsync(earlier.Id), await stack.Api.IncidentAsync(corrected));
        Assert.Equal((earlier.Version + 1, Domain.Climate), (after.Version, Assert.Single(after.Domains)));
        Assert.Equal((2, Domain.Cyber, Severity.Low), (kept.Version, Assert.Single(kept.Domains), kept.Severity));
        Assert.Contains("0 reports judged again; 0 incidents changed", await stack.Classification[0].RunAsync([.. rejudge, "--apply"]), StringComparison.Ordinal);
    }

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
