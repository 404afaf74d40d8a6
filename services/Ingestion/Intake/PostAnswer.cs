using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Intake;

/// <summary>What became of each item of a post, by its index in the body.</summary>
internal sealed record PostAnswer(IReadOnlyList<TakenItem> Accepted, IReadOnlyList<TakenItem> Duplicates, IReadOnlyList<RejectedItem> Rejected);

/// <summary>An item that is a revision of a report: a new one, or, among the duplicates, the newest that was there.</summary>
internal readonly record struct TakenItem(int Index, Guid Id, string ExternalId, int Revision);

/// <summary>An item that was refused; <c>QuarantineId</c> is where its bytes are kept, if it had any.</summary>
internal sealed record RejectedItem(int Index, ItemProblem Problem, Guid? QuarantineId);

/// <summary>A problem (RFC 9457) of one item: <c>Errors</c> by field, where <c>places/0/lat</c> is the latitude of the first place; <c>item</c> is the whole.</summary>
internal sealed record ItemProblem(string Title, string Detail, IReadOnlyDictionary<string, string[]> Errors)
{
    public static ItemProblem Of(IReadOnlyList<FormatProblem> problems)
    {
        var errors = problems.GroupBy(FieldOf).ToDictionary(field => field.Key, field => field.Select(problem => problem.ToString()).ToArray());
        return new("Not valid", $"{FieldOf(problems[0])}: {problems[0]}{(problems.Count > 1 ? $", and {problems.Count - 1} more" : "")}", errors);
    }

    private static string FieldOf(FormatProblem problem) => problem.Pointer.TrimStart('/') is { Length: > 0 } field ? field : "item";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PostAnswer))]
internal sealed partial class IntakeJson : JsonSerializerContext;
