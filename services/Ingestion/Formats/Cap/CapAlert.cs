using System.Xml.Linq;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Cap;

/// <summary>Maps the <c>alert</c> element of CAP 1.0 to 1.2 (CAP 1.2, section 3.2.1), wherever it stands.</summary>
internal static class CapAlert
{
    private static readonly string[] Kept = ["sender", "source", "scope", "restriction", "addresses", "code", "note", "incidents"];

    /// <summary>Whether a name is of one of CAP's namespaces.</summary>
    public static bool IsCap(XName name) =>
        name.NamespaceName.StartsWith("urn:oasis:names:tc:emergency:cap:", StringComparison.Ordinal)
        || name.NamespaceName.StartsWith("http://www.incident.com/cap/", StringComparison.Ordinal);

    public static void Map(XElement alert, ReportBuilder report)
    {
        report.ExternalId = Required(alert, "identifier", "the alert's name", report);
        Required(alert, "status", "Actual, Exercise, System, Test or Draft", report);
        Required(alert, "msgType", "Alert, Update, Cancel, Ack or Error", report);
        if (Required(alert, "sent", "a date-time", report) is { } sent)
        {
            report.PublishedAt = sent.Contains('T', StringComparison.Ordinal) ? FeedTimes.OfIso(sent) : null;
            if (report.PublishedAt is null) report.Problem("sent", "a date-time", sent);
        }
        MapContent(alert, report);
        if (alert.Child("info") is null) Entitle(alert, report);
    }

    /// <summary>Maps all but what an alert is named and when it was sent.</summary>
    public static void MapContent(XElement alert, ReportBuilder report)
    {
        report.Status = StatusOf(alert.TextOf("status"), "status", report);
        var type = alert.TextOf("msgType");
        report.Action = ActionOf(type ?? "Alert", "msgType", report);
        if (IsReceipt(type)) report.Attribute("msgType", type);
        foreach (var reference in References(alert)) report.Reference(reference);
        foreach (var name in Kept) report.Attribute(name, alert.Children(name).Select(child => XmlElements.OneLine(child.Value)).Joined());
        CapInfos.Map([.. alert.Children("info")], report);
        report.Marking = MarkingOf(alert, report);
    }

    /// <summary>Reads a status; none is <c>Actual</c>, an unknown one a problem.</summary>
    public static ReportStatus StatusOf(string? status, string pointer, ReportBuilder report)
    {
        if (status is null) return ReportStatus.Actual;
        if (Wire<ReportStatus>.TryParse(status.ToLowerInvariant(), out var known)) return known;
        report.Problem(pointer, "Actual, Exercise, System, Test or Draft", status);
        return default;
    }

    /// <summary>
    /// Reads a message type; an unknown one is a problem. A receipt is a word between systems about another message, never one about the
    /// world: what would be actual is of the system's.
    /// </summary>
    public static ReportAction ActionOf(string type, string pointer, ReportBuilder report)
    {
        if (IsReceipt(type) && report.Status == ReportStatus.Actual) report.Status = ReportStatus.System;
        switch (type.ToUpperInvariant())
        {
            case "ALERT" or "ACK" or "ERROR":
                return ReportAction.New;
            case "UPDATE":
                return ReportAction.Update;
            case "CANCEL":
                return ReportAction.Cancel;
            default:
                report.Problem(pointer, "Alert, Update, Cancel, Ack or Error", type);
                return default;
        }
    }

    private static bool IsReceipt(string? type) => type?.ToUpperInvariant() is "ACK" or "ERROR";

    private static string? Required(XElement alert, string name, string expected, ReportBuilder report)
    {
        var text = alert.TextOf(name);
        if (text is null) report.Problem(name, expected, "");
        return text;
    }

    /// <summary>The identifiers in <c>sender,identifier,sent</c> triples; some publishers leave out parts of these.</summary>
    private static IEnumerable<string> References(XElement alert)
    {
        foreach (var triple in (alert.TextOf("references") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (first, last) = (triple.IndexOf(','), triple.LastIndexOf(','));
            yield return first < last ? triple[(first + 1)..last] : triple[(first + 1)..];
        }
    }

    /// <summary>Gives a title to what says nothing of its own, but of another alert. An alert without an info says nothing at all.</summary>
    private static void Entitle(XElement alert, ReportBuilder report)
    {
        var what = alert.TextOf("msgType")?.ToUpperInvariant() switch
        {
            "CANCEL" => "Cancellation",
            "ACK" => "Acknowledgement",
            "ERROR" => "Rejection",
            _ => null,
        };
        if (what is null)
        {
            report.Problem("info", "an info that tells of the event", "");
            return;
        }
        report.Title = References(alert).Joined() is { } names ? $"{what} of {names}" : $"{what} by {alert.TextOf("sender")}";
        report.Text = XmlElements.Lines(alert.TextOf("note"));
    }

    /// <summary>By the scope, or by a TLP label where one is told; the stricter wins.</summary>
    private static Marking? MarkingOf(XElement alert, ReportBuilder report)
    {
        Tlp? strictest = null;
        var scope = alert.TextOf("scope");
        switch (scope?.ToUpperInvariant())
        {
            case null or "PUBLIC":
                break;
            case "RESTRICTED":
                strictest = Tlp.Amber;
                break;
            case "PRIVATE":
                strictest = Tlp.Red;
                break;
            default:
                report.Problem("scope", "Public, Restricted or Private", scope);
                break;
        }
        foreach (var child in alert.Children("restriction").Concat(alert.Children("note")).Concat(alert.Children("code")))
            strictest = Tlps.Stricter(strictest, Tlps.StrictestIn(child.Value));
        foreach (var (name, value) in alert.Children("info").SelectMany(info => info.Children("parameter")).SelectMany(CapInfos.Pairs))
        {
            var isLabel = name.Equals("TLP", StringComparison.OrdinalIgnoreCase) && value.Length > 0;
            strictest = Tlps.Stricter(strictest, isLabel ? Tlps.Of(value) : Tlps.StrictestIn(value));
        }
        return strictest is { } tlp ? new Marking { Tlp = tlp } : null;
    }
}
