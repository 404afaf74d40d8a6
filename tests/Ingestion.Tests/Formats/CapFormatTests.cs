using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class CapFormatTests
{
    private const string Head = "<sender>duty@floods.example</sender><sent>2026-11-22T10:00:00+02:00</sent>";
    private const string Flood = "<info><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty></info>";

    [Theory]
    [InlineData("http://www.incident.com/cap/1.0")]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.1")]
    [InlineData("urn:oasis:names:tc:emergency:cap:1.2")]
    public async Task An_alert_of_every_version_is_mapped(string version)
    {
        var report = await ReportOf($"""
            <c:alert xmlns:c="{version}"><c:identifier>flood-7</c:identifier><c:sender>duty@floods.example</c:sender><c:sent>2026-11-22T10:00:00+02:00</c:sent>
              <c:status>Actual</c:status><c:msgType>Alert</c:msgType><c:scope>Public</c:scope>
              <c:info><c:language>en</c:language><c:category>Met</c:category><c:event>Flood</c:event><c:urgency>Immediate</c:urgency><c:severity>Extreme</c:severity>
                <c:certainty>Observed</c:certainty><c:effective>2026-11-22T10:30:00+02:00</c:effective><c:onset>2026-11-22T11:00:00+02:00</c:onset>
                <c:expires>2026-11-23T10:00:00+02:00</c:expires><c:headline>The river is over its banks</c:headline>
                <c:description>Water stands
                  in the streets.</c:description><c:instruction>Go upstairs.</c:instruction><c:web>https://floods.example/7</c:web>
                <c:parameter><c:valueName>gauge</c:valueName><c:value>412 cm</c:value></c:parameter>
                <c:area><c:areaDesc>Old town</c:areaDesc><c:circle>58.38,26.72 3</c:circle>
                  <c:geocode><c:valueName>ISO 3166-2</c:valueName><c:value>EE-79</c:value></c:geocode></c:area></c:info></c:alert>
            """);
        Assert.Equal(("flood-7", "The river is over its banks", "Water stands\nin the streets.\n\nGo upstairs."), (report.ExternalId, report.Title, report.Text));
        Assert.Equal((At("2026-11-22T08:00Z"), At("2026-11-22T09:00Z"), At("2026-11-23T08:00Z")), (report.PublishedAt, report.OccurredAt, report.ExpiresAt));
        Assert.Equal(("https://floods.example/7", "en", ReportStatus.Actual, ReportAction.New), (report.Url, report.Language, report.Status, report.Action));
        Assert.Equal(new Place { Name = "Old town", Country = "EE", Lat = 58.38, Lon = 26.72 }, Assert.Single(report.Places));
        Assert.Equal((Severity.Critical, Domain.Climate), (report.Hints!.Severity, Assert.Single(report.Hints.Domains)));
        Assert.Equal(("412 cm", "EE-79", "58.38,26.72 3"), (report.Attributes["parameter.gauge"], report.Attributes["geocode.ISO 3166-2"], report.Attributes["circle"]));
        Assert.Null(report.Marking);
    }

    [Theory]
    [InlineData("Actual", ReportStatus.Actual)]
    [InlineData("Exercise", ReportStatus.Exercise)]
    [InlineData("Test", ReportStatus.Test)]
    [InlineData("System", ReportStatus.System)]
    [InlineData("Draft", ReportStatus.Draft)]
    public async Task The_status_is_carried(string status, ReportStatus expected) =>
        Assert.Equal(expected, (await ReportOf(Alert(Flood, status: status))).Status);

    [Theory]
    [InlineData("<status>Real</status><msgType>Alert</msgType>", "status", "'Real'")]
    [InlineData("<msgType>Alert</msgType>", "status", "''")]
    [InlineData("<status>Actual</status><msgType>Revoke</msgType>", "msgType", "'Revoke'")]
    [InlineData("<status>Actual</status><msgType>Alert</msgType><scope>Friends</scope>", "scope", "'Friends'")]
    public async Task What_would_change_the_meaning_is_a_problem_with_its_line(string head, string where, string found)
    {
        var problem = await ProblemOf($"<?xml version='1.0'?>\n\n<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>a</identifier>{Head}{head}{Flood}</alert>");
        Assert.Equal((where, found, 3), (problem.Pointer, problem.Found, problem.Line));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-11-22")]
    public async Task Sent_must_be_a_date_time(string sent)
    {
        var problem = await ProblemOf(Alert(Flood).Replace("2026-11-22T10:00:00+02:00", sent, StringComparison.Ordinal));
        Assert.Equal(("sent", "a date-time", $"'{sent}'"), (problem.Pointer, problem.Expected, problem.Found));
    }

    [Fact]
    public async Task Updates_and_cancellations_act_on_the_identifiers_they_refer_to_whoever_sent_those()
    {
        var references = "<references>other@floods.example,flood-1,2026-11-20T10:00:00+02:00\n  duty@floods.example,flood-2,2026-11-21T10:00:00+02:00</references>";
        var update = await ReportOf(Alert(references + Flood, type: "Update"));
        Assert.Equal((ReportAction.Update, "flood-1 flood-2"), (update.Action, string.Join(' ', update.References)));
        var first = await ReportOf(Alert(Flood, identifier: "flood-1"));
        Assert.Equal(first.ExternalId, update.References[0]);
    }

    [Fact]
    public async Task A_cancellation_without_an_info_says_what_it_cancels()
    {
        var cancel = await ReportOf(Alert("<note>The gauge was broken.</note><references>duty@floods.example,flood-1,2026-11-20T10:00:00+02:00</references>", type: "Cancel"));
        Assert.Equal((ReportAction.Cancel, "Cancellation of flood-1", "The gauge was broken."), (cancel.Action, cancel.Title, cancel.Text));
    }

    [Fact]
    public async Task An_alert_without_an_info_says_nothing() => Assert.Equal("info", (await ProblemOf(Alert(""))).Pointer);

    [Theory]
    [InlineData("Ack")]
    [InlineData("Error")]
    public async Task A_word_between_systems_is_none_about_the_world(string type)
    {
        var report = await ReportOf(Alert("<references>duty@floods.example,flood-1,2026-11-20T10:00:00+02:00</references>", type: type));
        Assert.Equal((ReportStatus.System, type, "flood-1"), (report.Status, report.Attributes["msgType"], Assert.Single(report.References)));
    }

    [Fact]
    public async Task Infos_in_several_languages_are_one_alert_in_english_that_keeps_the_others_words()
    {
        var report = await ReportOf(Alert("""
            <info><language>et</language><event>Üleujutus</event><headline>Jõgi üle kallaste</headline><expires>2026-11-24T00:00:00Z</expires><area><areaDesc>Vanalinn</areaDesc></area></info>
            <info><language>en-GB</language><event>Flood</event><headline>River over its banks</headline><expires>2026-11-23T00:00:00Z</expires><area><areaDesc>Old town</areaDesc></area></info>
            """));
        Assert.Equal(("River over its banks", "en-GB"), (report.Title, report.Language));
        Assert.Equal("Jõgi üle kallaste", report.Attributes["headline.et"]);
        Assert.Equal("Old town", Assert.Single(report.Places).Name);
        Assert.Equal(At("2026-11-24T00:00Z"), report.ExpiresAt);
    }

    [Fact]
    public async Task Infos_in_one_language_are_told_together_and_the_worst_weighs()
    {
        var report = await ReportOf(Alert("""
            <info><event>Rain</event><severity>Minor</severity><urgency>Expected</urgency><certainty>Likely</certainty><onset>2026-11-22T12:00:00Z</onset><description>Rain.</description><area><areaDesc>North</areaDesc></area></info>
            <info><event>Flood</event><severity>Severe</severity><urgency>Expected</urgency><certainty>Likely</certainty><onset>2026-11-22T09:00:00Z</onset><description>Flood.</description><area><areaDesc>South</areaDesc></area></info>
            """));
        Assert.Equal(("Rain, Flood", "Rain.\n\nFlood."), (report.Title, report.Text));
        Assert.Equal(["North", "South"], report.Places.Select(place => place.Name));
        Assert.Equal((Severity.High, At("2026-11-22T09:00Z")), (report.Hints!.Severity, report.OccurredAt));
    }

    [Fact]
    public async Task A_polygon_is_told_by_its_middle_latitude_first_and_kept()
    {
        const string Square = "10,20 10,30 14,30 14,20 10,20";
        var report = await ReportOf(Alert($"<info><event>Flood</event><area><areaDesc>Delta</areaDesc><polygon>{Square}</polygon></area></info>"));
        Assert.Equal(new Place { Name = "Delta", Lat = 12, Lon = 25 }, Assert.Single(report.Places));
        Assert.Equal(Square, report.Attributes["polygon"]);
    }

    [Theory]
    [InlineData("<scope>Public</scope>", null)]
    [InlineData("<scope>Restricted</scope><restriction>rescue services</restriction>", Tlp.Amber)]
    [InlineData("<scope>Private</scope>", Tlp.Red)]
    [InlineData("<scope>Restricted</scope><restriction>tlp: amber+strict</restriction>", Tlp.AmberStrict)]
    [InlineData("<scope>Restricted</scope><note>TLP:GREEN</note>", Tlp.Amber)]
    [InlineData("<scope>Public</scope><code>TLP:WHITE</code>", Tlp.Clear)]
    [InlineData("<info><event>Flood</event><parameter><valueName>TLP</valueName><value>RED</value></parameter></info>", Tlp.Red)]
    [InlineData("<info><event>Flood</event><parameter><valueName>TLP</valueName><value>PURPLE</value></parameter></info>", Tlp.Red)]
    [InlineData("<info><event>Flood</event><parameter><valueName>TLP</valueName><value>GREEN</value></parameter></info>", Tlp.Green)]
    [InlineData("<note>TLP:AMBER-STRICT.</note>", Tlp.AmberStrict)]
    [InlineData("<note>TLP:GREEN, but the annex is TLP:AMBER - ask</note>", Tlp.Amber)]
    [InlineData("<note>TLP:PURPLE</note>", Tlp.Red)]
    [InlineData("<note>TLP:</note><code>sftlp:x</code>", null)]
    public async Task Scope_and_labels_become_the_marking(string content, Tlp? expected) =>
        Assert.Equal(expected, (await ReportOf(Alert(content + Flood))).Marking?.Tlp);

    [Fact]
    public async Task Times_in_other_forms_are_read_and_what_can_not_be_is_kept()
    {
        var report = await ReportOf(Alert("<info><event>Flood</event><effective>now</effective><onset>soon</onset><expires>24 Nov 2026 10:00</expires></info>"));
        Assert.Equal((At("2026-11-24T10:00Z"), "now", "soon"), (report.ExpiresAt, report.Attributes["effective"], report.Attributes["onset"]));
        report = await ReportOf(Alert("<info><event>Flood</event><expires>till noon</expires></info>"));
        Assert.Equal((null, "till noon"), (report.ExpiresAt, report.Attributes["expires"]));
    }

    [Fact]
    public async Task Pairs_of_the_first_version_are_written_with_an_equals_sign()
    {
        var report = await ReportOf(Alert("<info><event>Threat</event><category>Security</category><parameter>LEVEL=ORANGE</parameter></info>"));
        Assert.Equal("ORANGE", report.Attributes["parameter.LEVEL"]);
        Assert.Null(report.Hints);
    }

    [Fact]
    public async Task Signatures_are_passed_over()
    {
        var report = await ReportOf(Alert(Flood + "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><SignatureValue>abc</SignatureValue></Signature>"));
        Assert.DoesNotContain(report.Attributes, attribute => attribute.Value.Contains("abc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_in_a_list_and_in_a_distribution_are_read_one_by_one()
    {
        var (first, second) = (Alert(Flood, identifier: "a"), Alert(Flood, identifier: "b"));
        Assert.Equal(["a", "b"], (await Reading.ReportsOf(new CapFormat(), $"<alerts>{first}{second}</alerts>")).Select(report => report.ExternalId));
        var distribution = $"""
            <EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><dateTimeSent>2026-11-22T10:00:00Z</dateTimeSent><distributionStatus>Exercise</distributionStatus>
              <contentObject><xmlContent><embeddedXMLContent>{first}</embeddedXMLContent></xmlContent></contentObject>
              <contentObject><xmlContent><embeddedXMLContent>{second}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>
            """;
        var reports = await Reading.ReportsOf(new CapFormat(), distribution);
        Assert.Equal(["a", "b"], reports.Select(report => report.ExternalId));
        Assert.All(reports, report => Assert.Equal(ReportStatus.Exercise, report.Status));
    }

    [Theory]
    [InlineData("cap")]
    [InlineData("atom")]
    public async Task An_alert_in_an_entry_is_that_alert(string format)
    {
        var feed = $"""
            <feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><entry><id>urn:x:1</id><title>Flood</title><link href="https://floods.example/1"/>
              <content type="text/xml">{Alert(Flood, status: "Test", identifier: "flood-1")}</content></entry></feed>
            """;
        var report = await Reading.ReportOf(FeedFormats.Named(format)!, feed);
        Assert.Equal(("flood-1", ReportStatus.Test, "https://floods.example/1"), (report.ExternalId, report.Status, report.Url));
    }

    private static Task<Report> ReportOf(string body) => Reading.ReportOf(new CapFormat(), body);

    private static Task<FormatProblem> ProblemOf(string body) => Reading.ProblemOf(new CapFormat(), body);

    private static string Alert(string content, string status = "Actual", string type = "Alert", string identifier = "flood-9") =>
        $"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{identifier}</identifier>{Head}<status>{status}</status><msgType>{type}</msgType>{content}</alert>";

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
