using System.Text;
using System.Text.Json;
using Monitoring.Alerting.Channels;

namespace Monitoring.Alerting.Tests.Channels;

public sealed class WebhookChannelTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly WebhookChannel Webhook = new();

    [Fact]
    public void A_signature_is_the_one_of_the_specifications_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookChannel.Sign(Secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Fact]
    public void The_id_stays_the_same_over_attempts_and_the_timestamp_and_signature_are_of_each()
    {
        var channel = Samples.Channel(Webhook, secret: Secret);
        var first = Webhook.Build(channel, Samples.Notification(), Samples.Now);
        var second = Webhook.Build(channel, Samples.Notification(), Samples.Now.AddMinutes(5));
        Assert.Equal(Samples.Notification().Id.ToString(), Header(first, "webhook-id"));
        Assert.Equal(Header(first, "webhook-id"), Header(second, "webhook-id"));
        Assert.Equal(Samples.Now.ToUnixTimeSeconds().ToString(), Header(first, "webhook-timestamp"));
        Assert.NotEqual(Header(first, "webhook-timestamp"), Header(second, "webhook-timestamp"));
        Assert.Equal(WebhookChannel.Sign(Secret, Header(second, "webhook-id"), Header(second, "webhook-timestamp"), second.Body), Header(second, "webhook-signature"));
    }

    [Theory]
    [InlineData("raised", "alert.raised")]
    [InlineData("rose", "alert.rose")]
    [InlineData("withdrawn", "alert.withdrawn")]
    [InlineData("expired", "alert.expired")]
    [InlineData("resolved", "alert.resolved")]
    [InlineData("unmatched", "alert.resolved")]
    [InlineData("test", "alert.test")]
    public void The_body_tells_type_time_alert_and_page(string kind, string type)
    {
        var body = Body(Samples.Notification(kind));
        Assert.Equal(type, body.GetProperty("type").GetString());
        Assert.Equal(Samples.Now, body.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal("high", body.GetProperty("data").GetProperty("alert").GetProperty("severity").GetString());
        Assert.Equal("https://watch.example/alerts/1", body.GetProperty("data").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData('x')]
    [InlineData('"')]
    [InlineData('漢')]
    [InlineData('\u0001')]
    public void The_longest_texts_stay_below_20_KB(char sign)
    {
        var notification = Samples.Notification();
        notification = notification with { Alert = notification.Alert with { Title = new string(sign, 5_000), Summary = new string(sign, 100_000) } };
        var request = Webhook.Build(Samples.Channel(Webhook, secret: Secret), notification, Samples.Now);
        Assert.InRange(request.Body.Length, 1_000, 19_999);
        Assert.Contains("…", JsonDocument.Parse(request.Body).RootElement.GetProperty("data").GetProperty("alert").GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_secret_is_one() => Assert.True(WebhookChannel.IsSecret(WebhookChannel.NewSecret()));

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int length, bool valid) => Assert.Equal(valid, WebhookChannel.IsSecret("whsec_" + Convert.ToBase64String(new byte[length])));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_")]
    public void Anything_else_is_no_secret(string text) => Assert.False(WebhookChannel.IsSecret(text));

    [Fact]
    public void A_channel_that_is_posted_is_checked_field_by_field()
    {
        Assert.Empty(new ChannelBody { Name = "a", Type = "webhook", Url = "http://127.0.0.1:5000/hook" }.Check(current: null));
        Assert.Equal(["name", "type", "url"], new ChannelBody().Check(current: null).Keys.Order());
        Assert.Equal(["url"], new ChannelBody { Name = "a", Type = "slack", Url = "https://user:pass@hooks.example/x" }.Check(current: null).Keys);
        Assert.Equal(["url"], new ChannelBody { Name = "a", Type = "slack", Url = "file:///etc/passwd" }.Check(current: null).Keys);
        Assert.Equal(["secret"], new ChannelBody { Name = "a", Type = "slack", Url = "https://a.example", Secret = Secret }.Check(current: null).Keys);
        Assert.Equal(["maxInFlight"], new ChannelBody { Name = "a", Type = "slack", Url = "https://a.example", MaxInFlight = 0 }.Check(current: null).Keys);
    }

    [Fact]
    public void A_put_may_leave_the_address_as_it_is_unless_the_type_changes()
    {
        Assert.Empty(new ChannelBody { Name = "a", Type = "webhook" }.Check(Webhook));
        Assert.Equal(["url"], new ChannelBody { Name = "a", Type = "webhook" }.Check(ChannelTypes.Find("slack")).Keys);
    }

    [Fact]
    public void What_is_shown_of_a_channel_keeps_its_secrets()
    {
        var view = ChannelView.Of(Samples.Channel(Webhook, secret: Secret));
        Assert.Equal(("https://hooks.example/…", "whsec_…"), (view.Url, view.Secret));
        Assert.Equal(Secret, ChannelView.Of(Samples.Channel(Webhook, secret: Secret), showSecret: true).Secret);
    }

    private static JsonElement Body(Notification notification) =>
        JsonDocument.Parse(Webhook.Build(Samples.Channel(Webhook, secret: Secret), notification, Samples.Now).Body).RootElement;

    private static string Header(ChannelRequest request, string name) => request.Headers.Single(header => header.Key == name).Value;
}
