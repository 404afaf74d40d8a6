using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Cap;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats.Syndication;

/// <summary>
/// Maps CAP's elements that weather services put into entries of their feeds side by side, without the alert around them: whether the
/// entry is a test, what it does, until when it holds, where and how bad it is.
/// </summary>
internal static class CapElements
{
    public static void Map(FeedElements elements, ReportBuilder report)
    {
        if (!elements.Item.Elements().Any(element => CapAlert.IsCap(element.Name))) return;
        var (alert, info, area) = (new XElement("alert"), new XElement("info"), new XElement("area"));
        foreach (var element in elements.Item.Elements().Where(element => CapAlert.IsCap(element.Name)))
        {
            elements.Take(element.Name);
            var name = element.Name.LocalName == "message_type" ? "msgType" : element.Name.LocalName;
            var parent = name switch
            {
                "status" or "msgType" or "scope" or "restriction" or "references" or "sender" or "source" or "note" or "code" or "incidents" => alert,
                "areaDesc" or "polygon" or "circle" or "geocode" or "altitude" or "ceiling" => area,
                _ => info,
            };
            parent.Add(new XElement(name, element.Nodes()));
        }
        info.Add(area);
        alert.Add(info);
        report.PublishedAt = FeedTimes.OfIso(info.TextOf("sent"));
        report.Attribute("identifier", info.TextOf("identifier"));
        CapAlert.MapContent(alert, report);
    }
}
