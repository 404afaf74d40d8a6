using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Monitoring.Contracts;
using Monitoring.ServiceDefaults.Http;
using Monitoring.ServiceDefaults.Tokens;
using Monitoring.World;

namespace Monitoring.Classification.Judging;

/// <summary>The verdicts on an array, in its order.</summary>
internal sealed record ClassifyResponse(IReadOnlyList<Verdict> Items);

/// <summary>Judges texts without keeping anything, for whoever has the scope <c>incidents:read</c>.</summary>
internal static class ClassifyApi
{
    /// <summary>
    /// <c>POST /v1/classify</c>: one object <c>{ title, text, language?, hints? }</c> → one verdict; an array of at most 1,000 →
    /// <c>{ items: [verdict, …] }</c> in order. <c>400</c> names the field and, in an array, the index.
    /// </summary>
    public static void MapClassify(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/classify", ClassifyAsync).Accepts<ClassifyRequest>("application/json").RequireScope(Scopes.IncidentsRead);

    private static async Task<Results<Ok<Verdict>, Ok<ClassifyResponse>, ProblemHttpResult>> ClassifyAsync(HttpRequest request, Model model, CancellationToken cancellationToken)
    {
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.Invalid(new Dictionary<string, string[]> { [""] = [exception.Message] }, "The body is not JSON.");
        }
        using (body)
        {
            var errors = new Dictionary<string, string[]>();
            var reports = ClassifyRequest.ReadAll(body.RootElement, errors);
            if (errors.Count > 0) return Problems.Invalid(errors);
            if (body.RootElement.ValueKind != JsonValueKind.Array) return TypedResults.Ok(Judgement.Judge(reports[0], model));
            return TypedResults.Ok(new ClassifyResponse([.. reports.Select(report => Judgement.Judge(report, model))]));
        }
    }
}

/// <summary>A text to be judged; a title or a text is required.</summary>
internal sealed record ClassifyRequest
{
    private const int TextsAtMost = 1_000;
    private const int TitleAtMost = 1_000;
    private const int TextAtMost = 100_000;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public string? Title { get; init; }
    public string? Text { get; init; }
    public string? Language { get; init; }
    public Hints? Hints { get; init; }

    /// <summary>Reads one object or an array of them; what is wrong with them goes to <paramref name="errors"/>, by field.</summary>
    public static IReadOnlyList<Report> ReadAll(JsonElement body, Dictionary<string, string[]> errors)
    {
        if (body.ValueKind != JsonValueKind.Array) return [Read(body, "", errors)];
        if (body.GetArrayLength() <= TextsAtMost) return [.. body.EnumerateArray().Select((item, index) => Read(item, $"[{index}].", errors))];
        errors[""] = [$"expected at most {TextsAtMost} texts, found {body.GetArrayLength()}"];
        return [];
    }

    private static Report Read(JsonElement item, string path, Dictionary<string, string[]> errors)
    {
        try
        {
            var request = item.ValueKind == JsonValueKind.Object ? item.Deserialize<ClassifyRequest>(Strict)! : throw new JsonException("expected an object");
            request.Check(path, errors);
            return new Report { ExternalId = "", Title = request.Title, Text = request.Text, Language = request.Language, Hints = request.Hints };
        }
        catch (JsonException exception)
        {
            var field = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
            errors[field.Length > 0 ? path + field : path.TrimEnd('.')] = [exception.Message];
            return new Report { ExternalId = "" };
        }
    }

    private void Check(string path, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Text)) errors[path + "title"] = ["a title or a text is required"];
        if (Title?.Length > TitleAtMost) errors[path + "title"] = [$"expected at most {TitleAtMost} characters, found {Title.Length}"];
        if (Text?.Length > TextAtMost) errors[path + "text"] = [$"expected at most {TextAtMost} characters, found {Text.Length}"];
        if (Hints?.Countries.FirstOrDefault(code => !Countries.IsKnown(code)) is { } unknown)
            errors[path + "hints.countries"] = [$"expected codes of ISO 3166-1 alpha-2, found '{unknown}'"];
    }
}
