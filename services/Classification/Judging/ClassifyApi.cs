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

    private static async Task<Results<Ok<Verdict>, Ok<ClassifyResponse>, ProblemHttpResult>> ClassifyAsync(HttpRequest request, ActiveModel active, CancellationToken cancellationToken)
    {
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.Invalid(exception);
        }
        using (body)
        {
            var errors = new Dictionary<string, string[]>();
            var reports = ClassifyRequest.ReadAll(body.RootElement, errors);
            if (errors.Count > 0) return Problems.Invalid(errors);
            var model = active.Current;
            if (body.RootElement.ValueKind != JsonValueKind.Array) return TypedResults.Ok(Judgement.Judge(reports[0], model));
            return TypedResults.Ok(new ClassifyResponse([.. reports.Select(report => Judgement.Judge(report, model))]));
        }
    }
}

/// <summary>A text to be judged; a title or a text is required. The limits are those of a report that a feed sends.</summary>
internal sealed record ClassifyRequest
{
    private const int TextsAtMost = 1_000;
    private const int TitleAtMost = 1_000;
    private const int TextAtMost = 100_000;
    private const int LanguageAtMost = 35;
    private const int CountriesAtMost = 250;
    private const int ActorsAtMost = 100;
    private const int ActorNameAtMost = 500;

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
            var field = JsonProblem.FieldOf(exception);
            errors[field.Length > 0 ? path + field : path.TrimEnd('.')] = [JsonProblem.Describe(exception)];
            return new Report { ExternalId = "" };
        }
    }

    private void Check(string path, Dictionary<string, string[]> errors)
    {
        if (string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Text)) errors[path + "title"] = ["a title or a text is required"];
        if (Title?.Length > TitleAtMost) errors[path + "title"] = [$"expected at most {TitleAtMost} characters, found {Title.Length}"];
        if (Text?.Length > TextAtMost) errors[path + "text"] = [$"expected at most {TextAtMost} characters, found {Text.Length}"];
        if (Language is not null && !IsTag(Language)) errors[path + "language"] = ["expected a BCP 47 tag such as en or pt-BR"];
        if (Hints is not { } hints) return;
        // The reader refuses null where a value is required, though not within lists.
        if (hints.Countries.Count > CountriesAtMost) errors[path + "hints.countries"] = [$"expected at most {CountriesAtMost}, found {hints.Countries.Count}"];
        else if (hints.Countries.Any(code => code is null || !Countries.IsKnown(code))) errors[path + "hints.countries"] = ["expected codes of ISO 3166-1 alpha-2, such as EE"];
        if (hints.Actors.Count > ActorsAtMost || hints.Actors.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > ActorNameAtMost))
            errors[path + "hints.actors"] = [$"expected at most {ActorsAtMost} names of at most {ActorNameAtMost} characters"];
        if (hints.Domains.Count > Enum.GetValues<Domain>().Length) errors[path + "hints.domains"] = ["expected each domain at most once"];
    }

    private static bool IsTag(string tag) =>
        tag.Length <= LanguageAtMost && tag.Split('-').All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
}
