using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Json;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// What Prometheus' Alertmanager posts to webhooks (version 4, prometheus.io/docs/alerting/latest/configuration/#webhook_config): many
/// alerts, each an item. An alert is named by its <c>fingerprint</c>, else a digest of its labels, and by <c>startsAt</c>: <c>resolved</c>
/// is an update of the alert that fired, under its title, that expires it at <c>endsAt</c>, for it was true and is over, not taken back; and
/// when it fires again, that is news. <c>endsAt</c> counts only then: while it fires it is <c>0001-01-01</c> or a time-out that moves.
/// The title is the annotation or label <c>summary</c>, else <c>alertname</c>. The label <c>severity</c> is free text; known are critical,
/// page, fatal, emergency (critical), error, high, major (high), warning, medium, minor (medium), low, and info, informational, notice,
/// none, debug (info). What the group shares stands in each alert, and how many of it were cut off is not known of any.
/// </summary>
internal sealed class AlertmanagerFormat : JsonFormat
{
    private static readonly JsonMembers None = new();

    public override string Name => "alertmanager";

    public override IReadOnlyList<string> ContentTypes => ["application/json"];

    public override string Example => """
        {
          "version": "4",
          "groupKey": "{}:{alertname=\"LinkDown\"}",
          "truncatedAlerts": 0,
          "status": "firing",
          "receiver": "monitoring",
          "alerts": [
            {
              "status": "firing",
              "labels": { "alertname": "LinkDown", "instance": "router7", "severity": "critical" },
              "annotations": { "summary": "Router 7 is unreachable", "description": "No answer for five minutes." },
              "startsAt": "2026-11-22T08:00:00.123Z",
              "endsAt": "0001-01-01T00:00:00Z",
              "generatorURL": "http://prometheus.example/graph?g0.expr=up",
              "fingerprint": "aae7a1432b5d2f1b"
            }
          ]
        }
        """;

    protected override string[] Lists => ["alerts"];

    public override bool Recognises(BodySample sample) =>
        (sample.Has("alerts") && sample.Has("receiver") && (sample.Has("groupKey") || IsAt(sample, "alerts[]")))
        || IsAt(sample, "[]") || IsAt(sample, "[].alerts[]");

    protected override void Map(JsonElement item, ReportBuilder report)
    {
        var (labels, annotations) = (item.Member("labels"), item.Member("annotations"));
        var resolved = IsResolved(item, report);
        var startsAt = FeedTimes.OfIso(item.Text("startsAt"));
        if (startsAt is null) report.Problem("/startsAt", "a date-time (RFC 3339)", item.Text("startsAt") ?? "");
        if (labels.ValueKind != JsonValueKind.Object) report.Problem("/labels", "an object", labels.Text() ?? "");
        if (startsAt is not { } start || labels.ValueKind != JsonValueKind.Object) return;

        report.ExternalId = $"{item.Text("fingerprint") ?? Fingerprint(labels)}@{start.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";
        report.Title = annotations.Text("summary") ?? labels.Text("summary") ?? labels.Text("alertname");
        report.Text = annotations.Text("description") ?? annotations.Text("message") ?? labels.Text("description");
        report.OccurredAt = start;
        report.Url = item.Text("generatorURL");
        report.Severity = SeverityOf(labels.Text("severity"));
        report.Attribute("status", item.Text("status"));
        if (resolved)
        {
            report.Action = ReportAction.Update;
            report.ExpiresAt = FeedTimes.OfIso(item.Text("endsAt")) is { Year: > 1 } end ? end : null;
        }
        labels.KeepRest(report, "labels.", None);
        annotations.KeepRest(report, "annotations.", None);
    }

    private static bool IsResolved(JsonElement item, ReportBuilder report)
    {
        var status = item.Text("status");
        if (item.Member("alerts").IsPresent()) report.Problem("/alerts", "an alert of webhook version 4", "a group of alerts, as the API lists them");
        else if (item.Member("status").ValueKind == JsonValueKind.Object) report.Problem("/status", "'firing' or 'resolved' (webhook version 4)", "an object, as in the API's lists");
        else if (status is not ("firing" or "resolved")) report.Problem("/status", "'firing' or 'resolved'", status ?? "");
        return status == "resolved";
    }

    private static string Fingerprint(JsonElement labels)
    {
        var text = new StringBuilder();
        foreach (var label in labels.EnumerateObject().OrderBy(label => label.Name, StringComparer.Ordinal)) text.Append(label.Name).Append('\n').Append(label.Value.Text()).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static Severity? SeverityOf(string? label) => label?.Trim().ToLowerInvariant() switch
    {
        "critical" or "page" or "fatal" or "emergency" => Severity.Critical,
        "error" or "high" or "major" => Severity.High,
        "warning" or "medium" or "minor" => Severity.Medium,
        "low" => Severity.Low,
        "info" or "informational" or "notice" or "none" or "debug" => Severity.Info,
        _ => null,
    };

    private static bool IsAt(BodySample sample, string alert) => sample.Has($"{alert}.startsAt") && sample.Has($"{alert}.labels") && !sample.Has($"{alert}.title");
}
