using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Formats.CloudEvents;

namespace Monitoring.Ingestion.Tests.Formats.CloudEvents;

public sealed class CloudEventsFormatTests
{
    private static readonly CloudEventsFormat Format = new();

    [Fact]
    public async Task An_event_with_a_report_is_that_report_under_the_events_name()
    {
        var report = await Reading.ReportOf(Format, Event("""
            "time":"2026-11-22T08:00:00Z","subject":"port","data":{"externalId":"own","title":"Cranes stand still","status":"exercise","hints":{"severity":"high"},
            "marking":{"tlp":"AMBER"},"places":[{"country":"EE"}],"attributes":{"desk":"baltic","subject":"mine"}}
            """));
        Assert.Equal("/harbour 7", report.ExternalId);
        Assert.Equal(("Cranes stand still", ReportStatus.Exercise, Severity.High, Tlp.Amber), (report.Title, report.Status, report.Hints!.Severity, report.Marking!.Tlp));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal("EE", report.Places[0].Country);
        Assert.Equal(("baltic", "mine", "port", "incident"), (report.Attributes["desk"], report.Attributes["subject"], report.Attributes["ce-subject"], report.Attributes["type"]));
    }

    [Fact]
    public async Task What_is_wrong_with_the_report_is_wrong_with_the_event()
    {
        var problem = await Reading.ProblemOf(Format, Event(""" "data":{"title":"Cranes stand still","status":"pretended"} """));
        Assert.Equal("/data/status", problem.Pointer);
        Assert.Equal("'pretended'", problem.Found);
    }

    [Theory]
    [InlineData(""" "data":{"crane":4} """, "incident", """{"crane":4}""")]
    [InlineData(""" "subject":"port","data":{"crane":4} """, "port", """{"crane":4}""")]
    [InlineData(""" "data":"Cranes stand still" """, "incident", "Cranes stand still")]
    [InlineData(""" "datacontenttype":"text/plain","data":"Cranes stand still" """, "incident", "Cranes stand still")]
    [InlineData(""" "datacontenttype":"text/html","data":"<p>Cranes <b>stand</b> still</p>" """, "incident", "Cranes stand still")]
    [InlineData(""" "datacontenttype":"application/xml","data":"<crane/>" """, "incident", "<crane/>")]
    [InlineData(""" "data_base64":"eyJjcmFuZSI6NH0=" """, "incident", """{"crane":4}""")]
    [InlineData(""" "datacontenttype":"text/plain","data_base64":"Q3JhbmU=" """, "incident", "Crane")]
    [InlineData(""" "data":null,"subject":null """, "incident", null)]
    public async Task Other_data_is_the_text_and_the_subject_or_type_the_title(string more, string title, string? text)
    {
        var report = await Reading.ReportOf(Format, Event(more));
        Assert.Equal((title, text), (report.Title, report.Text));
    }

    [Fact]
    public async Task A_report_in_Base64_is_one_too() =>
        Assert.Equal("Cranes", (await Reading.ReportOf(Format, Event($$""" "data_base64":"{{Convert.ToBase64String("""{"title":"Cranes"}"""u8)}}" """))).Title);

    [Fact]
    public async Task Other_bytes_are_kept() =>
        Assert.Equal("4P8ARKo=", (await Reading.ReportOf(Format, Event(""" "datacontenttype":"image/png","data_base64":"4P8ARKo=" """))).Attributes["data_base64"]);

    [Fact]
    public async Task Extensions_are_kept_by_lower_case_names_and_null_is_none()
    {
        var report = await Reading.ReportOf(Format, Event(""" "comHarbour":"x","anumber":7,"aflag":true,"unset":null,"dataschema":"https://harbour.example/schema" """));
        Assert.Equal(("x", "7", "true", "https://harbour.example/schema"), (report.Attributes["comharbour"], report.Attributes["anumber"], report.Attributes["aflag"], report.Attributes["dataschema"]));
        Assert.DoesNotContain("unset", report.Attributes.Keys);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("id")]
    [InlineData("type")]
    [InlineData("specversion")]
    public async Task What_every_event_has_may_not_be_missing_or_empty(string name)
    {
        Assert.Equal("/" + name, (await Reading.ProblemOf(Format, Event().Replace($"\"{name}\":", "\"other\":"))).Pointer);
        Assert.Equal("/" + name, (await Reading.ProblemOf(Format, Event($"\"{name}\":\"\"", but: name))).Pointer);
    }

    [Theory]
    [InlineData(""" "time":"yesterday" """, "/time")]
    [InlineData(""" "data_base64":"***" """, "/data_base64")]
    [InlineData(""" "data_base64":"eA==","data":1 """, "/data_base64")]
    public async Task What_can_not_be_understood_is_refused(string more, string pointer) => Assert.Equal(pointer, (await Reading.ProblemOf(Format, Event(more))).Pointer);

    [Fact]
    public async Task Another_version_is_refused() =>
        Assert.Equal("'2.0'", (await Reading.ProblemOf(Format, Event("\"specversion\":\"2.0\"", but: "specversion"))).Found);

    [Fact]
    public async Task What_is_sent_twice_is_a_duplicate_and_another_source_is_another_event()
    {
        var (first, again) = (await Reading.ReportOf(Format, Event()), await Reading.ReportOf(Format, Event()));
        Assert.Equal((first.ExternalId, Convert.ToHexString(ReportDigest.Of(first))), (again.ExternalId, Convert.ToHexString(ReportDigest.Of(again))));
        Assert.NotEqual(first.ExternalId, (await Reading.ReportOf(Format, Event().Replace("/harbour", "/airport"))).ExternalId);
    }

    [Fact]
    public async Task What_is_sent_again_under_another_trace_is_a_duplicate()
    {
        var first = await Reading.ReportOf(Format, Event(""" "traceparent":"00-1-1-01","tracestate":"a=1" """));
        Assert.Equal(ReportDigest.Of(first), ReportDigest.Of(await Reading.ReportOf(Format, Event(""" "traceparent":"00-2-2-01","tracestate":"a=2" """))));
    }

    [Fact]
    public async Task What_the_report_says_of_itself_comes_before_what_the_event_does()
    {
        var report = await Reading.ReportOf(Format, Event(""" "time":"2026-11-22T08:00:00Z","data":{"externalId":"own","title":"Cranes","occurredAt":"2026-11-21T08:00:00Z"} """));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero), report.OccurredAt);
        Assert.Equal(("2026-11-22T08:00:00Z", "own"), (report.Attributes["ce-time"], report.Attributes["externalId"]));
    }

    [Fact]
    public async Task A_batch_of_events_with_many_extensions_is_told_by_their_version()
    {
        var extensions = string.Join(',', Enumerable.Range(0, 150).Select(number => $"\"x{number}\":1"));
        var many = $$"""{ {{extensions}},{{Event()[1..]}}""";
        Assert.All(await Batch($"[{many},{many}]"), item => Assert.NotNull(item.Report));
        Assert.Null((await Batch($"[{many},{Event().Replace("1.0", "0.3")}]"))[1].Report);
        var own = Event(""" "data":{"title":"Cranes","attributes":{"specversion":"7"}} """);
        Assert.All(await Batch($"[{own},{Event()}]"), item => Assert.NotNull(item.Report));
    }

    [Fact]
    public async Task A_batch_holds_several_of_one_version_and_may_be_empty()
    {
        Assert.Equal(2, (await Batch($"[{Event()},{Event()}]")).Count(item => item.Report is not null));
        Assert.Empty(await Batch("[]"));
        var mixed = await Batch($"[{Event()},{Event().Replace("1.0", "0.3")},{Event()}]");
        Assert.Equal(["/specversion"], mixed.SelectMany(item => item.Problems).Select(problem => problem.Pointer));
    }

    [Fact]
    public async Task A_batch_is_not_taken_for_one_event()
    {
        var items = await Reading.ItemsOf(Format, Encoding.UTF8.GetBytes($" [{Event()}]"), with: body => body with { ContentType = "application/cloudevents+json; charset=utf-8" });
        Assert.Equal("one event; several are application/cloudevents-batch+json", Assert.Single(items).Problems[0].Expected);
    }

    [Fact]
    public async Task Real_events_are_accepted_whole()
    {
        var files = RealFiles.In("cloudevents").ToList();
        Assert.Equal(12, files.Count);
        foreach (var file in files) Assert.Single(await Reading.ReportsOf(Format, RealFiles.Read(file)));
    }

    private static Task<List<FeedItem>> Batch(string body) =>
        Reading.ItemsOf(Format, Encoding.UTF8.GetBytes(body), with: feedBody => feedBody with { ContentType = "application/cloudevents-batch+json; charset=UTF-8" });

    private static string Event(string more = "", string? but = null)
    {
        var attributes = new Dictionary<string, string> { ["specversion"] = "1.0", ["source"] = "/harbour", ["id"] = "7", ["type"] = "incident" };
        return $$"""{ {{string.Join(',', attributes.Where(attribute => attribute.Key != but).Select(attribute => $"\"{attribute.Key}\":\"{attribute.Value}\""))}}{{(more.Length > 0 ? "," : "")}}{{more}} }""";
    }
}
