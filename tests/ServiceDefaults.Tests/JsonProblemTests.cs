using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class JsonProblemTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false };

    [Theory]
    [InlineData("""{ "name": 7 }""", "name", "expected a text")]
    [InlineData("""{ "tags": "a" }""", "tags", "expected a list")]
    [InlineData("""{ "tags": [7] }""", "tags[0]", "expected a text")]
    [InlineData("""{ "id": "x" }""", "id", "expected an id")]
    [InlineData("""{ "part": { "code": 7 } }""", "part.code", "is of another kind")]
    [InlineData("""{ "part": [] }""", "part", "is of another kind")]
    [InlineData("""{ "count": 1.5 }""", "count", "expected a whole number")]
    [InlineData("""{ "on": "yes" }""", "on", "expected true or false")]
    [InlineData("""{ "colour": "red" }""", "colour", "is not known here")]
    [InlineData("7", "", "is of another kind")]
    [InlineData("""{ "name": "a", "name": "b" }""", "name", "is there twice")]
    [InlineData("""{ "name": """, "name", "")]
    public void What_is_wrong_is_told_by_its_field_and_without_the_names_of_types(string json, string field, string told)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Whole>(json, Web));
        Assert.Equal(field, JsonProblem.FieldOf(exception));
        Assert.StartsWith(told, JsonProblem.Describe(exception), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"System\.|Monitoring\.|\.NET|Path:", JsonProblem.Describe(exception));
    }

    private sealed record Whole
    {
        public string? Name { get; init; }
        public IReadOnlyList<string>? Tags { get; init; }
        public Part? Part { get; init; }
        public int? Count { get; init; }
        public bool? On { get; init; }
        public Guid? Id { get; init; }
    }

    private sealed record Part(string Code);
}
