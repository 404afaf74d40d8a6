using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Integration.Tests.Systems;
using Monitoring.Integration.Tests.Webhooks;

namespace Monitoring.Integration.Tests.Deliveries;

[Collection(SharedStackTests.Name)]
public sealed class WebhookTargetsTests(SharedStack shared)
{
    // Longer than a time-out and the pause after it.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);
    private readonly Stack stack = shared.Stack;

    [Fact]
    public async Task A_notification_is_signed_after_the_standard_webhooks_specification()
    {
        await using var target = WebhookTarget.ThatTakesAll();
        var (alert, channel, secret) = await RaiseAsync(target);
        var call = await CallAsync(target, calls: 1);

        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal("alert.raised", body.GetProperty("type").GetString());
        Assert.Equal(alert, body.GetProperty("data").GetProperty("alert").GetProperty("id").GetGuid());
        Assert.Equal(Ids.Notification(alert, 1, channel), Arrival.NotificationId(call.Id));
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{call.Id}.{call.Headers["webhook-timestamp"]}.{call.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", call.Headers["webhook-signature"]);
        Assert.EndsWith($"/alerts/{alert}", body.GetProperty("data").GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Misbehaviours => ["answers 500", "hangs", "closes while it reads", "closes while it answers"];

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public async Task A_target_that_misbehaves_once_gets_the_same_notification_again(string misbehaviour)
    {
        Reply first = misbehaviour switch
        {
            "answers 500" => new Reply.Status(500),
            "hangs" => new Reply.Hang(),
            "closes while it reads" => new Reply.CloseWhileReading(),
            _ => new Reply.CloseWhileAnswering(),
        };
        await using var target = new WebhookTarget((_, before) => before == 0 ? first : new Reply.Status(200));
        var (alert, channel, _) = await RaiseAsync(target);

        var second = await CallAsync(target, calls: 2);
        Assert.Equal(Ids.Notification(alert, 1, channel), Arrival.NotificationId(second.Id));
        Assert.Equal(target.Calls[0].Id, second.Id);
        var delivery = await DeliveryAsync(alert, "delivered");
        Assert.Equal(2, delivery.Attempts.Count);
    }

    [Fact]
    public async Task A_target_that_hangs_does_not_hold_up_another()
    {
        await using var hanging = new WebhookTarget((_, _) => new Reply.Hang());
        await using var well = WebhookTarget.ThatTakesAll();
        await RaiseAsync(hanging);
        await CallAsync(hanging, calls: 1);

        var (alert, _, _) = await RaiseAsync(well);
        await DeliveryAsync(alert, "delivered", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_target_that_asks_to_wait_three_seconds_is_obeyed()
    {
        await using var target = new WebhookTarget((_, before) => before == 0 ? new Reply.Status(429, ("Retry-After", "3")) : new Reply.Status(200));
        var (alert, _, _) = await RaiseAsync(target);

        var second = await CallAsync(target, calls: 2);
        Assert.InRange(second.At - target.Calls[0].At, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20));
        await DeliveryAsync(alert, "delivered");
    }

    [Fact]
    public async Task A_refused_connection_is_retried_not_lost()
    {
        await using var target = new WebhookTarget((_, _) => new Reply.Status(200), listening: false);
        var (alert, _, _) = await RaiseAsync(target);
        await Eventually.HasAsync("an attempt was refused", Deadline, async () =>
        {
            var delivery = await FindDeliveryAsync(alert);
            return delivery is { State: "pending", Attempts.Count: > 0 } ? delivery : null;
        });

        target.Listen();
        await CallAsync(target, calls: 1);
        await DeliveryAsync(alert, "delivered");
    }

    [Fact]
    public async Task A_target_that_says_the_request_is_wrong_is_not_asked_again_until_somebody_redelivers()
    {
        await using var target = new WebhookTarget((_, before) => new Reply.Status(before == 0 ? 400 : 200));
        var (alert, _, _) = await RaiseAsync(target);
        var refused = await DeliveryAsync(alert, "failed");
        Assert.Equal(400, Assert.Single(refused.Attempts).Status);

        await stack.Api.PostAsync(stack.Alerting[0], $"/v1/deliveries/{refused.Id}/redeliver", new { });
        await DeliveryAsync(alert, "delivered");
        Assert.Single(target.Calls.Select(call => call.Id).Distinct());
    }

    [Fact]
    public async Task A_target_that_is_gone_disables_its_channel()
    {
        await using var target = new WebhookTarget((_, _) => new Reply.Status(410));
        var (alert, channel, _) = await RaiseAsync(target);
        await DeliveryAsync(alert, "failed");
        await Eventually.IsTrueAsync("the channel is disabled", Deadline, async () =>
            !(await stack.Api.GetAsync<JsonElement>(stack.Alerting[0], $"/v1/channels/{channel}")).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = WebhookTarget.ThatTakesAll();
        await using var target = new WebhookTarget((_, _) => new Reply.Status(307, ("Location", elsewhere.Address.ToString())));
        var (alert, _, _) = await RaiseAsync(target);
        await CallAsync(target, calls: 1);
        await Eventually.IsTrueAsync("the attempt is recorded", Deadline, async () => await FindDeliveryAsync(alert) is { Attempts.Count: > 0 });
        Assert.NotEqual("delivered", (await FindDeliveryAsync(alert))!.State);
        Assert.Empty(elsewhere.Calls);
    }

    private async Task<(Guid Alert, Guid Channel, string Secret)> RaiseAsync(WebhookTarget target)
    {
        var marker = $"hook{Guid.NewGuid():N}"[..16];
        var feed = await stack.Api.CreateFeedAsync(marker);
        var (channel, secret) = await stack.Api.CreateChannelAsync(marker, target.Address);
        var rule = await stack.Api.CreateRuleAsync(marker, marker, channel);
        await stack.Api.AcceptAsync(feed, new { externalId = "1", title = "Ransomware at a hospital in Estonia", text = marker });
        return (Ids.Alert(rule, Ids.Incident(Ids.Report(feed.Id, "1"))), channel, secret);
    }

    private static Task<WebhookCall> CallAsync(WebhookTarget target, int calls) =>
        Eventually.HasAsync($"{calls} calls at the target", Deadline, () => Task.FromResult(target.Calls.Count >= calls ? target.Calls[calls - 1] : null));

    private Task<Delivery> DeliveryAsync(Guid alert, string state, TimeSpan? deadline = null) =>
        Eventually.HasAsync($"the delivery is {state}", deadline ?? Deadline, async () =>
            await FindDeliveryAsync(alert) is { } delivery && delivery.State == state ? delivery : null);

    private async Task<Delivery?> FindDeliveryAsync(Guid alert)
    {
        using var answer = await stack.Api.SendAsync(HttpMethod.Get, stack.Alerting[0], $"/v1/alerts/{alert}");
        if (!answer.IsSuccessStatusCode) return null;
        var deliveries = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("deliveries");
        return deliveries.Deserialize<List<Delivery>>(JsonSerializerOptions.Web)!.SingleOrDefault();
    }
}
