using System.Text.Json;
using Monitoring.Classification.Judging;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Judging;

public sealed class ClassifyRequestTests
{
    private readonly Dictionary<string, string[]> errors = [];

    [Fact]
    public void An_object_is_one_report()
    {
        var report = Assert.Single(Read("""{ "title": "Storm", "language": "en", "hints": { "domains": ["climate"], "severity": "high" } }"""));
        Assert.Empty(errors);
        Assert.Equal(("Storm", "en", Severity.High), (report.Title, report.Language, report.Hints!.Severity));
    }

    [Fact]
    public void An_array_keeps_its_order() => Assert.Equal(["a", "b"], Read("""[{ "title": "a" }, { "text": "b" }]""").Select(report => report.Title ?? report.Text));

    [Theory]
    [InlineData("""{ "title": "  " }""", "title")]
    [InlineData("""[{ "title": "a" }, {}]""", "[1].title")]
    [InlineData("""[{ "title": "a" }, 7]""", "[1]")]
    [InlineData("""{ "title": "a", "hints": { "severity": "urgent" } }""", "hints.severity")]
    [InlineData("""{ "title": "a", "hints": { "domains": null } }""", "hints.domains")]
    [InlineData("""{ "title": "a", "hints": { "countries": ["ZZ"] } }""", "hints.countries")]
    [InlineData("""{ "title": "a", "hints": { "countries": [null] } }""", "hints.countries")]
    [InlineData("""{ "title": "a", "hints": { "actors": [null] } }""", "hints.actors")]
    [InlineData("""{ "title": "a", "hints": { "actors": [" "] } }""", "hints.actors")]
    [InlineData("""{ "title": "a", "language": "no tag at all" }""", "language")]
    [InlineData("""{ "title": 7 }""", "title")]
    public void What_is_wrong_is_named_by_its_field(string body, string field)
    {
        Read(body);
        Assert.Equal(field, Assert.Single(errors).Key);
    }

    [Theory]
    [InlineData(100, 500, true)]
    [InlineData(101, 1, false)]
    [InlineData(1, 501, false)]
    public void Hinted_actors_are_as_many_and_as_long_as_a_feeds_may_be(int count, int length, bool taken)
    {
        var name = $"\"{new string('a', length)}\"";
        Read($$"""{ "title": "a", "hints": { "actors": [{{string.Join(',', Enumerable.Repeat(name, count))}}] } }""");
        Assert.Equal(taken, errors.Count == 0);
    }

    [Fact]
    public void An_unknown_field_is_refused()
    {
        Read("""{ "title": "a", "colour": "red" }""");
        Assert.Equal(("colour", "is not known here"), (Assert.Single(errors).Key, errors["colour"][0]));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void At_most_a_thousand_texts_are_taken(int count, bool taken)
    {
        Read($"[{string.Join(',', Enumerable.Repeat("""{ "title": "a" }""", count))}]");
        Assert.Equal(taken, errors.Count == 0);
    }

    private IReadOnlyList<Report> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ClassifyRequest.ReadAll(document.RootElement, errors);
    }
}
