using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Channels;

/// <summary>
/// Slack's incoming webhooks, with Block Kit. Limits: a header of 150 characters, a section's text of 3,000, a field's of 2,000, and about
/// 13,000 over all blocks, after <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped. The address is the secret.
/// </summary>
internal sealed class SlackChannel : IChannelType
{
    private const int HeaderLength = 150;
    private const int SummaryLength = 2_000;
    private const int FieldLength = 300;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Name => "slack";

    /// <summary>Slack takes about one message a second of a webhook, and short bursts.</summary>
    public int DefaultMaxInFlight => 2;

    public bool HasSecret => false;

    public ChannelRequest Build(Channel channel, Notification notification, DateTimeOffset now)
    {
        var alert = notification.Alert;
        var heading = $"{Opening(notification)}: {OneLine(alert.Title)}";
        var blocks = new JsonArray { new JsonObject { ["type"] = "header", ["text"] = Plain(heading, HeaderLength) } };
        if (alert.Summary.Length > 0) blocks.Add(new JsonObject { ["type"] = "section", ["text"] = Plain(alert.Summary, SummaryLength) });
        blocks.Add(new JsonObject { ["type"] = "section", ["fields"] = Fields(alert) });
        blocks.Add(new JsonObject
        {
            ["type"] = "context",
            ["elements"] = new JsonArray
            {
                Markdown($"<{Escape(notification.Link.AbsoluteUri, 2_000)}|Open the alert> · TLP:{Wire<Tlp>.Name(alert.Marking.Tlp)} · first reported {alert.FirstReportedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            },
        });
        var message = new JsonObject { ["text"] = Escape(heading, HeaderLength), ["blocks"] = blocks, ["unfurl_links"] = false };
        return new(channel.Url, Encoding.UTF8.GetBytes(message.ToJsonString(Json)), []);
    }

    /// <summary>Slack says <c>ok</c>. What says something else with 200 is not Slack, and would be told again and again if that were retried.</summary>
    public DeliveryOutcome Judge(int status, string body, TimeSpan? retryAfter) =>
        status == 200 && body.Trim() != "ok"
            ? new DeliveryOutcome.Refused(status, $"answered 200, but not with 'ok' as Slack does: {body.Shorten(200)}")
            : HttpOutcomes.Of(status, body, retryAfter);

    private static string Opening(Notification notification) => notification.Event switch
    {
        EventKinds.Raised => Capital(notification.Alert.Severity),
        EventKinds.Rose => $"Now {Wire<Severity>.Name(notification.Alert.Severity)}",
        EventKinds.Withdrawn => "Withdrawn",
        EventKinds.Expired => "Expired",
        EventKinds.Unmatched or EventKinds.Resolved => "Resolved",
        _ => "Test",
    };

    private static JsonArray Fields(Alert alert)
    {
        var fields = new JsonArray
        {
            Field("Severity", Capital(alert.Severity)),
            Field("Domains", alert.Domains.Count == 0 ? "none" : string.Join(", ", alert.Domains.Select(Wire<Domain>.Name))),
            Field("Countries", alert.Countries.Count == 0 ? "none named" : string.Join(", ", alert.Countries)),
            Field("Rule", alert.Rule.Name),
            Field("Confidence", alert.Confidence.ToString("P0", CultureInfo.InvariantCulture)),
        };
        if (alert.Alliances.Count > 0) fields.Add(Field("Alliances", string.Join(", ", alert.Alliances)));
        return fields;
    }

    private static JsonObject Field(string name, string value) => Markdown($"*{name}*\n{Escape(value, FieldLength)}");

    private static JsonObject Plain(string text, int length) => new() { ["type"] = "plain_text", ["text"] = Escape(text, length), ["emoji"] = false };

    /// <summary>Verbatim: names that look like mentions or channels stay text.</summary>
    private static JsonObject Markdown(string text) => new() { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true };

    private static string Capital(Severity severity)
    {
        var name = Wire<Severity>.Name(severity);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Escaped, and then at most <paramref name="length"/> long; never ends within an entity.</summary>
    private static string Escape(string text, int length)
    {
        for (var shown = text.Shorten(length); ; shown = shown.Shorten(Math.Max(1, shown.Length - 8)))
        {
            var escaped = shown.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            if (escaped.Length <= length) return escaped;
        }
    }
}
