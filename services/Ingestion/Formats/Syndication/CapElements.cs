using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Cap;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>
/// Maps CAP's elements that weather services put into entries of their feeds side by side, without the alert around them: whether the
/// entry is a test, what it does, until when it holds, where and how bad it is. An entry with CAP's <c>msgType</c> is a message of its own,
/// named by its <c>identifier</c>, for that is what references to it tell. Services that write <c>message_type</c> instead have an entry for
/// each area of an alert, all with one identifier, and no references: those are named as the feed names them.
/// </summary>
internal static class CapElements
{
    public static void Map(FeedElements elements, ReportBuilder report)
    {
        if (!elements.Item.Elements().Any(element => CapAlert.IsCap(element.Name))) return;
        var (alert, info, area) = (new XElement("alert"), new XElement("info"), new XElement("area"));
        var isMessage = false;
        foreach (var element in elements.Item.Elements().Where(element => CapAlert.IsCap(element.Name)))
        {
            elements.Take(element.Name);
            isMessage |= element.Name.LocalName == "msgType";
            var name = element.Name.LocalName == "message_type" ? "msgType" : element.Name;
            var parent = name.LocalName switch
            {
                "status" or "msgType" or "scope" or "restriction" or "references" or "sender" or "source" or "note" or "code" or "incidents" => alert,
                "areaDesc" or "polygon" or "circle" or "geocode" or "altitude" or "ceiling" => area,
                _ => info,
            };
            parent.Add(new XElement(name, element.Nodes()));
        }
        info.Add(area);
        alert.Add(info);
        var (sent, identifier) = (info.TextOf("sent"), info.TextOf("identifier"));
        report.PublishedAt = FeedTimes.OfMail(sent);
        if (report.PublishedAt is null) report.Attribute("sent", sent);
        if (isMessage && identifier is { Length: <= ReportLimits.ExternalId }) report.ExternalId = identifier;
        else report.Attribute("identifier", identifier);
        CapAlert.MapContent(alert, report);
    }
}
