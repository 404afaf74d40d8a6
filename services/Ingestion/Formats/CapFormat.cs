using System.Xml.Linq;
using Monitoring.Ingestion.Formats.Cap;
using Monitoring.Ingestion.Formats.Syndication;
using Monitoring.Ingestion.Formats.Xml;

namespace Monitoring.Ingestion.Formats;

/// <summary>
/// Common Alerting Protocol 1.0, 1.1 and 1.2 (OASIS): an alert alone, in a list, in an EDXL-DE distribution, or in the entries of an Atom feed.
/// <list type="bullet">
/// <item><b>External id</b>: the <c>identifier</c> alone. It must follow from the <c>sender,identifier,sent</c> of a reference, in which the
/// sender may differ from the message's own; a feed in which two senders use one identifier for different things breaks it.</item>
/// <item><b>Status</b>: as told; an unknown one is a problem. A distribution that is no actual one makes none of its alerts actual.</item>
/// <item><b>msgType</b>: Alert is new, Update and Cancel act on the references; Ack and Error are words between systems, and get the status
/// <c>system</c>. Where these and a Cancel have no info, their title tells of what they speak.</item>
/// <item><b>Several infos</b>: the English ones, else the first's language are told as one, see <see cref="CapInfos"/>.</item>
/// <item><b>Times</b>: <c>sent</c>, <c>onset</c> (else <c>effective</c>) and <c>expires</c>, which ends the alert but does not cancel it.</item>
/// <item><b>Severity</b>: see <see cref="CapSeverity"/>. <b>Domain</b>: Met, Geo, Env and Fire are climate; the rest says nothing that is one of ours.</item>
/// <item><b>Marking</b>: scope Restricted is AMBER, Private is RED; a <c>TLP:</c> label in restriction, note, code or a parameter counts too,
/// the stricter wins. Public leaves it to the feed.</item>
/// <item><b>Places</b>: the areas, each at the middle of its polygon or circle, which are latitude first; shapes and geocodes are attributes.</item>
/// </list>
/// Signatures are passed over.
/// </summary>
internal sealed class CapFormat : XmlFormat
{
    public override string Name => "cap";

    public override IReadOnlyList<string> ContentTypes => ["application/cap+xml", "text/xml", "application/xml"];

    public override string Example => """
        <?xml version="1.0" encoding="UTF-8"?>
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
          <identifier>storm-2026-17</identifier>
          <sender>warnings@weather.example</sender>
          <sent>2026-11-22T07:55:00+02:00</sent>
          <status>Actual</status>
          <msgType>Update</msgType>
          <scope>Public</scope>
          <references>warnings@weather.example,storm-2026-16,2026-11-21T19:00:00+02:00</references>
          <info>
            <language>en</language>
            <category>Met</category>
            <event>Storm</event>
            <urgency>Expected</urgency>
            <severity>Severe</severity>
            <certainty>Likely</certainty>
            <onset>2026-11-22T12:00:00+02:00</onset>
            <expires>2026-11-23T06:00:00+02:00</expires>
            <headline>Storm over the gulf of Finland</headline>
            <description>Gusts of 30 m/s from the west.</description>
            <instruction>Stay away from the shore.</instruction>
            <area>
              <areaDesc>Harju county</areaDesc>
              <polygon>59.2,24.0 59.6,24.0 59.6,25.5 59.2,25.5 59.2,24.0</polygon>
            </area>
          </info>
        </alert>
        """;

    protected override string Roots => "an alert, alerts, an EDXLDistribution or a feed of them";

    public override bool Recognises(BodySample sample) => sample.XmlRoot is "alert" or "alerts" or "EDXLDistribution";

    protected override XmlPart PartOf(XElement element) => (element.Name.LocalName, element.Parent?.Name.LocalName) switch
    {
        ("alert", _) or ("entry", "feed") => XmlPart.Item,
        ("alerts" or "feed" or "EDXLDistribution", null) => XmlPart.Container,
        ("content", "EDXLDistribution") or ("contentObject", "EDXLDistribution" or "content") => XmlPart.Container,
        ("xmlContent" or "contentXML", "contentObject") or ("embeddedXMLContent", "xmlContent" or "contentXML") => XmlPart.Container,
        ("distributionStatus" or "combinedConfidentiality", "EDXLDistribution") or ("link", "feed") => XmlPart.Context,
        _ => XmlPart.Skipped,
    };

    protected override void Map(XElement item, ReportBuilder report)
    {
        if (item.Name.LocalName == "entry")
        {
            AtomEntry.Map(item, report);
            return;
        }
        CapAlert.Map(item, report);
        if (item.Ancestors().LastOrDefault() is not { Name.LocalName: "EDXLDistribution" } distribution) return;
        var status = CapAlert.StatusOf(distribution.TextOf("distributionStatus"), "distributionStatus", report);
        if (report.Status == Contracts.ReportStatus.Actual) report.Status = status;
        report.Attribute("combinedConfidentiality", distribution.TextOf("combinedConfidentiality"));
    }
}
