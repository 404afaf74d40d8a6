using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.Stix;

namespace Monitoring.Ingestion.Tests.Formats.Stix;

public sealed class StixFormatTests
{
    private static readonly StixFormat Format = new();

    private const string Indicator = """
        {"type":"indicator","spec_version":"2.1","id":"indicator--1","created":"2026-11-20T08:00:00.000Z","modified":"2026-11-22T08:00:00.000Z","name":"Command server",
         "description":"Seen twice.","pattern":"[domain-name:value = 'cranebot.example']","pattern_type":"stix","valid_from":"2026-11-20T08:00:00Z","valid_until":"2027-02-22T08:00:00Z",
         "confidence":80,"lang":"en","external_references":[{"source_name":"cve","external_id":"CVE-2026-1"},{"source_name":"blog","url":"https://news.example/7"}]}
        """;

    [Fact]
    public async Task An_indicator_becomes_a_report()
    {
        var report = await Reading.ReportOf(Format, Bundle(Indicator));
        Assert.Equal(("indicator--1", "Command server", "Seen twice."), (report.ExternalId, report.Title, report.Text));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), report.PublishedAt);
        Assert.Equal(new DateTimeOffset(2027, 2, 22, 8, 0, 0, TimeSpan.Zero), report.ExpiresAt);
        Assert.Equal(("https://news.example/7", "en"), (report.Url, report.Language));
        Assert.Equal([Domain.Cyber], report.Hints!.Domains);
        Assert.Null(report.Marking);
        Assert.Equal(("80", "CVE-2026-1", "2.1", "indicator"), (report.Attributes["confidence"], report.Attributes["cve"], report.Attributes["spec_version"], report.Attributes["type"]));
        Assert.Equal("[domain-name:value = 'cranebot.example']", report.Attributes["pattern"]);
    }

    [Theory]
    [InlineData("""{"type":"bundle","id":"bundle--1","objects":[$]}""")]
    [InlineData("""{"type":"bundle","id":"bundle--1","spec_version":"2.0","objects":[$]}""")]
    [InlineData("""{"more":true,"next":"2","objects":[$]}""")]
    [InlineData("[$]")]
    [InlineData("$")]
    public async Task Objects_come_in_bundles_envelopes_arrays_and_alone(string wrapping)
    {
        var body = wrapping.Replace("$", Indicator);
        Assert.Equal("indicator--1", (await Reading.ReportOf(Format, body)).ExternalId);
        Assert.True(Format.Recognises(BodySample.Of(Encoding.UTF8.GetBytes(body))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"more":false}""")]
    [InlineData("""{"more":false,"objects":[]}""")]
    public async Task An_envelope_may_be_empty(string envelope) => Assert.Empty(await Reading.ItemsOf(Format, envelope));

    [Fact]
    public async Task Modified_makes_a_revision_and_the_older_version_comes_first()
    {
        var older = Indicator.Replace("2026-11-22T08:00:00.000Z", "2026-11-21T08:00:00.000Z");
        var reports = await Reading.ReportsOf(Format, Bundle(Indicator, older));
        Assert.Equal(["2026-11-21T08:00:00.000Z", "2026-11-22T08:00:00.000Z"], reports.Select(report => report.Attributes["modified"]));
        Assert.Equal(reports[0].ExternalId, reports[1].ExternalId);
        Assert.NotEqual(ReportDigest.Of(reports[0]), ReportDigest.Of(reports[1]));
    }

    [Fact]
    public async Task A_revoked_object_is_taken_back() =>
        Assert.Equal(ReportAction.Cancel, (await Reading.ReportOf(Format, Bundle(Indicator.Replace("\"lang\"", "\"revoked\":true,\"lang\"")))).Action);

    [Fact]
    public async Task In_2_0_observed_data_holds_objects_of_its_own_and_no_object_tells_its_version()
    {
        var report = await Reading.ReportOf(Format, """
            {"type":"bundle","id":"bundle--1","spec_version":"2.0","objects":[
              {"type":"observed-data","id":"observed-data--1","created":"2026-11-22T08:00:00Z","modified":"2026-11-22T08:00:00Z","number_observed":1,"objects":{"0":{"type":"domain-name","value":"cranebot.example"}}},
              {"type":"campaign","id":"campaign--1","created":"2026-11-22T08:00:00Z","modified":"2026-11-22T08:00:00Z","name":"Night tide","first_seen":"2026-11-01T00:00:00Z","aliases":["NT"]}]}
            """);
        Assert.Equal("campaign--1", report.ExternalId);
        Assert.Equal("2.0", report.Attributes["spec_version"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(["Night tide", "NT"], report.Hints!.Actors);
    }

    [Fact]
    public async Task Relationships_tell_actors_and_targets()
    {
        var report = (await Reading.ReportsOf(Format, Bundle(
            """{"type":"campaign","id":"campaign--1","name":"Night tide","created_by_ref":"identity--2"}""",
            """{"type":"threat-actor","id":"threat-actor--1","name":"Quay Spider","aliases":["QS-1"]}""",
            """{"type":"malware","id":"malware--1","name":"cranebot"}""",
            """{"type":"attack-pattern","id":"attack-pattern--1","name":"Phishing"}""",
            """{"type":"identity","id":"identity--1","name":"Port of Tallinn"}""",
            """{"type":"identity","id":"identity--2","name":"Harbour CERT"}""",
            """{"type":"location","id":"location--1","name":"Tallinn","country":"EE","latitude":59.44,"longitude":24.75}""",
            """{"type":"location","id":"location--2","country":"RU"}""",
            Relation("campaign--1", "attributed-to", "threat-actor--1"), Relation("campaign--1", "uses", "malware--1"), Relation("campaign--1", "uses", "attack-pattern--1"),
            Relation("campaign--1", "targets", "identity--1"), Relation("identity--1", "located-at", "location--1"), Relation("campaign--1", "originates-from", "location--2"),
            Relation("campaign--1", "targets", "location--9"), Relation("campaign--1", "uses", "malware--7", ""","revoked":true"""))))[0];
        Assert.Equal(["Night tide", "Quay Spider", "QS-1", "cranebot"], report.Hints!.Actors);
        Assert.Equal(["EE"], report.Hints.Countries);
        Assert.Equal([new Place { Name = "Tallinn", Country = "EE", Lat = 59.44, Lon = 24.75 }], report.Places);
        Assert.Equal("Port of Tallinn, location--9", report.Attributes["targets"]);
        Assert.Equal("cranebot, Phishing", report.Attributes["uses"]);
        Assert.Equal("Harbour CERT", report.Attributes["created_by"]);
    }

    [Fact]
    public async Task Who_exploits_or_uses_it_acts()
    {
        var reports = await Reading.ReportsOf(Format, Bundle(
            """{"type":"vulnerability","id":"vulnerability--1","name":"CVE-2026-1"}""", """{"type":"malware","id":"malware--1","name":"cranebot"}""", Relation("malware--1", "exploits", "vulnerability--1")));
        Assert.Equal(["cranebot"], reports.Single(report => report.ExternalId == "vulnerability--1").Hints!.Actors);
    }

    [Fact]
    public async Task A_sighting_tells_of_what_was_seen_and_where()
    {
        var report = (await Reading.ReportsOf(Format, Bundle(
            """{"type":"sighting","id":"sighting--1","first_seen":"2026-11-21T00:00:00Z","count":3,"sighting_of_ref":"indicator--1","where_sighted_refs":["identity--1","location--2"]}""",
            Indicator, """{"type":"intrusion-set","id":"intrusion-set--1","name":"Quay Spider"}""", Relation("indicator--1", "indicates", "intrusion-set--1"),
            """{"type":"identity","id":"identity--1","name":"Port of Riga"}""", """{"type":"location","id":"location--1","country":"LV"}""", """{"type":"location","id":"location--2","country":"EE"}""",
            Relation("identity--1", "located-at", "location--1"))))[0];
        Assert.Equal("Sighting of Command server", report.Title);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(["Quay Spider"], report.Hints!.Actors);
        Assert.Equal(["LV", "EE"], report.Hints.Countries);
        Assert.Equal(("Port of Riga", "3"), (report.Attributes["where_sighted"], report.Attributes["count"]));
    }

    [Fact]
    public async Task A_report_names_the_actors_and_vulnerabilities_that_it_refers_to()
    {
        var report = (await Reading.ReportsOf(Format, Bundle(
            """{"type":"report","id":"report--1","name":"Tides","published":"2026-11-22T00:00:00Z","created":"2026-11-20T00:00:00Z","object_refs":["threat-actor--1","vulnerability--1","tool--1"]}""",
            """{"type":"threat-actor","id":"threat-actor--1","name":"Quay Spider"}""", """{"type":"vulnerability","id":"vulnerability--1","name":"CVE-2026-1"}""", """{"type":"tool","id":"tool--1","name":"crowbar"}""")))[0];
        Assert.Equal(["Quay Spider"], report.Hints!.Actors);
        Assert.Equal("CVE-2026-1", report.Attributes["cve"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), report.PublishedAt);
    }

    [Fact]
    public async Task What_is_kept_of_an_item_holds_no_more_than_it_took()
    {
        var items = await Reading.ItemsOf(Format, Bundle(Indicator, """{"type":"malware","id":"malware--1","name":"cranebot","description":"long"}""", """{"type":"tool","id":"tool--1","name":"crowbar"}""", Relation("indicator--1", "indicates", "malware--1")));
        var raw = Encoding.UTF8.GetString(items[0].Raw);
        Assert.Contains(Indicator.TrimEnd(), raw);
        Assert.Contains("cranebot", raw);
        Assert.DoesNotContain("crowbar", raw);
        Assert.DoesNotContain("long", raw);
    }

    [Fact]
    public async Task What_others_say_at_length_is_cut()
    {
        var aliases = string.Join(',', Enumerable.Range(0, 200).Select(number => $"\"{new string('x', 2_000)}{number}\""));
        var items = await Reading.ItemsOf(Format, Bundle(Indicator, $$"""{"type":"malware","id":"malware--1","name":"{{new string('n', 90_000)}}","aliases":[{{aliases}}]}""", Relation("indicator--1", "indicates", "malware--1")));
        Assert.InRange(items[0].Raw.Length, 1, 110_000);
        var again = Assert.Single(await Reading.ItemsOf(Format, items[0].Raw, limits: FormatLimits.OfAccepted));
        Assert.Equal(ReportDigest.Of(items[0].Report!), ReportDigest.Of(again.Report!));
    }

    [Fact]
    public async Task An_object_that_takes_too_much_of_others_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(Bundle(Indicator, """{"type":"malware","id":"malware--1","name":"cranebot"}""", Relation("indicator--1", "indicates", "malware--1")));
        var item = (await Reading.ItemsOf(Format, body, limits: new FormatLimits { ItemBytes = Indicator.Length + 10 }))[0];
        Assert.Null(item.Report);
        Assert.Contains("with what it takes of others", Assert.Single(item.Problems).Expected);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("\"NaN\"")]
    public async Task A_latitude_that_is_no_number_is_none(string latitude)
    {
        var reports = await Reading.ReportsOf(Format, Bundle(
            """{"type":"campaign","id":"campaign--1","name":"Night tide"}""", $$"""{"type":"location","id":"location--1","name":"Tallinn","latitude":{{latitude}},"longitude":24}""",
            Relation("campaign--1", "targets", "location--1")));
        Assert.Equal([new Place { Name = "Tallinn" }], reports[0].Places);
    }

    [Fact]
    public async Task Only_one_object_more_than_there_may_be_is_read()
    {
        var items = await Reading.ItemsOf(Format, "[1,1,1,1,1,1]"u8.ToArray(), limits: new FormatLimits { Items = 2 });
        Assert.Equal(3, items.Count);
    }

    [Theory]
    [InlineData("""{"type":"identity","id":"identity--1","name":"Port of Riga"}""", "/type", "'identity'")]
    [InlineData("""{"title":"Tides"}""", "", "another")]
    [InlineData("7", "", "'7'")]
    public async Task What_is_no_report_by_itself_is_refused_when_it_comes_alone(string json, string pointer, string found)
    {
        var problem = await Reading.ProblemOf(Format, json);
        Assert.Equal((pointer, found), (problem.Pointer, problem.Found));
    }

    [Fact]
    public async Task An_object_that_is_no_text_does_not_spoil_the_others()
    {
        var items = await Reading.ItemsOf(Format, Bundle("""{"type":"tool","id":"tool--1","name":"\ud800"}""", Indicator, "null"));
        Assert.Equal(["a lone surrogate", "'n'"], items.Where(item => item.Report is null).Select(item => item.Problems[0].Found));
        Assert.Equal("indicator--1", Assert.Single(items, item => item.Report is not null).Report!.ExternalId);
    }

    [Theory]
    [InlineData("campaign--f9cc545e-b0ef-4b92-8884-a3a4427609f6.json", 1)]
    [InlineData("ics-attack.json", 54)]
    [InlineData("indicator-for-malicious-url.json", 2)]
    [InlineData("intrusion-set--420ac20b-f2b9-42b8-aa1a-6d4b72895ca4.json", 1)]
    [InlineData("poisonivy.json", 60)]
    [InlineData("sighting-of-an-indicator.json", 2)]
    public async Task Real_bundles_are_accepted_whole(string file, int count) =>
        Assert.Equal(count, (await Reading.ReportsOf(Format, RealFiles.Read($"stix/{file}"))).Count);

    [Fact]
    public async Task A_real_bundle_tells_who_was_behind_it()
    {
        var reports = await Reading.ReportsOf(Format, RealFiles.Read("stix/ics-attack.json"));
        var campaign = Assert.Single(reports, report => report.Title == "2015 Ukraine Electric Power Attack");
        Assert.Contains("Sandworm Team", campaign.Hints!.Actors);
        Assert.Equal("https://attack.mitre.org/campaigns/C0028", campaign.Url);
        Assert.Equal(2, reports.Count(report => report.Action == ReportAction.Cancel));
    }

    internal static string Bundle(params string[] objects) => $$"""{"type":"bundle","id":"bundle--1","objects":[{{string.Join(',', objects)}}]}""";

    private static string Relation(string from, string relation, string to, string more = "") =>
        $$"""{"type":"relationship","id":"relationship--{{from}}{{to}}","relationship_type":"{{relation}}","source_ref":"{{from}}","target_ref":"{{to}}"{{more}}}""";
}
