using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monitoring.Contracts;
using Monitoring.Ingestion.Storage;

namespace Monitoring.Ingestion.Feeds;

/// <summary>What operators say of a feed and may leave open; read from requests, checked by <see cref="FeedRules"/>.</summary>
internal sealed record FeedFacts
{
    public Marking? Marking { get; init; }
    public string? Format { get; init; }
    public IReadOnlyDictionary<string, string>? Columns { get; init; }
    public string? Family { get; init; }
    public string? Language { get; init; }
    public string? Owner { get; init; }
    public TimeSpan? ExpectedEvery { get; init; }

    /// <param name="feed">The request.</param>
    /// <param name="errors">Takes what cannot be read, by field.</param>
    public static FeedFacts Of(NewFeed feed, Dictionary<string, string[]> errors) => new()
    {
        Marking = feed.Marking,
        Format = feed.Format,
        Columns = feed.Columns,
        Family = feed.Family,
        Language = feed.Language,
        Owner = feed.Owner,
        ExpectedEvery = FeedRules.ReadDuration(feed.ExpectedEvery, errors),
    };

    public static FeedFacts Of(FeedRow row) => new()
    {
        Marking = row.Marking,
        Format = row.Format,
        Columns = row.Columns,
        Family = row.Family,
        Language = row.Language,
        Owner = row.Owner,
        ExpectedEvery = row.ExpectedEvery,
    };

    /// <summary>These facts as the change leaves them.</summary>
    /// <param name="change">The request.</param>
    /// <param name="errors">Takes what cannot be read, by field.</param>
    public FeedFacts With(FeedChange change, Dictionary<string, string[]> errors)
    {
        var expectedEvery = Read("expectedEvery", change.ExpectedEvery, current: null, ContractsJson.Default.String, "a text", errors);
        return new()
        {
            Marking = Read("marking", change.Marking, Marking, ContractsJson.Default.Marking, $"an object with tlp (one of {Wire<Tlp>.Expected}) and releasableTo (an array of texts)", errors),
            Format = Read("format", change.Format, Format, ContractsJson.Default.String, "a text", errors),
            Columns = Read("columns", change.Columns, Columns, ContractsJson.Default.IReadOnlyDictionaryStringString, "an object of texts", errors),
            Family = Read("family", change.Family, Family, ContractsJson.Default.String, "a text", errors),
            Language = Read("language", change.Language, Language, ContractsJson.Default.String, "a text", errors),
            Owner = Read("owner", change.Owner, Owner, ContractsJson.Default.String, "a text", errors),
            ExpectedEvery = change.ExpectedEvery.ValueKind == JsonValueKind.Undefined ? ExpectedEvery : FeedRules.ReadDuration(expectedEvery, errors),
        };
    }

    public void ApplyTo(FeedRow row)
    {
        row.Marking = Marking;
        row.Format = Format;
        row.Columns = Columns;
        row.Family = Family?.Trim();
        row.Language = Language;
        row.Owner = Owner;
        row.ExpectedEvery = ExpectedEvery;
    }

    private static T? Read<T>(string field, JsonElement given, T? current, JsonTypeInfo<T> type, string expected, Dictionary<string, string[]> errors) where T : class
    {
        if (given.ValueKind == JsonValueKind.Undefined) return current;
        if (given.ValueKind == JsonValueKind.Null) return null;
        try
        {
            return given.Deserialize(type);
        }
        catch (JsonException)
        {
            errors[field] = [$"expected {expected}, or null"];
            return null;
        }
    }
}
