using System.Text.Json;
using Monitoring.Ingestion.Formats;
using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Tests.Intake;

public sealed class PostAnswerTests
{
    [Fact]
    public void The_answer_is_written_as_the_api_says()
    {
        var id = Guid.Parse("0192f000-0000-7000-8000-000000000001");
        var answer = new PostAnswer([new(0, id, "a", 1)], [new(1, id, "a", 1)], [new(2, ItemProblem.Of([new("/places/0/lat", "a latitude", "'x'")]), null)]);
        Assert.Equal(
            """{"accepted":[{"index":0,"id":"0192f000-0000-7000-8000-000000000001","externalId":"a","revision":1}],"duplicates":[{"index":1,"id":"0192f000-0000-7000-8000-000000000001","externalId":"a","revision":1}],"rejected":[{"index":2,"problem":{"title":"Not valid","detail":"places/0/lat: expected a latitude, found \u0027x\u0027","errors":{"places/0/lat":["expected a latitude, found \u0027x\u0027"]}},"quarantineId":null}]}""",
            JsonSerializer.Serialize(answer, IntakeJson.Default.PostAnswer));
    }

    [Fact]
    public void A_field_is_named_whole_whether_or_not_its_pointer_begins_with_a_slash() =>
        Assert.Equal(["sent", "places/0/lat"], ItemProblem.Of([new FormatProblem("sent", "x", "y"), new FormatProblem("/places/0/lat", "x", "y")]).Errors.Keys);

    [Fact]
    public void A_problem_names_every_field_and_the_item_where_it_is_the_whole()
    {
        var problem = ItemProblem.Of([new FormatProblem("/title", "x", "y"), new FormatProblem("/title", "z", "y"), new FormatProblem("", "JSON", "'?'", 7)]);
        Assert.Equal(["title", "item"], problem.Errors.Keys);
        Assert.Equal(2, problem.Errors["title"].Length);
        Assert.Equal("expected JSON, found '?' at byte 7", Assert.Single(problem.Errors["item"]));
        Assert.EndsWith("and 2 more", problem.Detail, StringComparison.Ordinal);
    }
}
