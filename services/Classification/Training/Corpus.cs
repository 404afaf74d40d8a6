using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>
/// Labelled texts in JSON lines: <c>{ "id", "text", "body"?, "source"?, "published"?, "language"?, "domains"?, "severity"?, "countries"?,
/// "doubtful"?, "label_by"? }</c>. Without <c>domains</c> a text is not labelled; with <c>label_by</c> its labels are weak.
/// </summary>
internal static class Corpus
{
    private static readonly string[] Dates = ["yyyy", "yyyy-MM", "d-MMMM-yyyy", "d-MMM-yy", "d-MMM-yyyy"];

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<Domain>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<Severity>(JsonNamingPolicy.CamelCase) },
    };

    private sealed record Line(
        string? Id, string? Text, string? Body, string? Source, string? Published, string? Language,
        Domain[]? Domains, Severity? Severity, string[]? Countries, bool Doubtful, [property: JsonPropertyName("label_by")] string? LabelBy);

    public static IReadOnlyList<LabelledText> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <exception cref="InvalidDataException">A line is not as it should be; the message names it.</exception>
    public static IReadOnlyList<LabelledText> Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var texts = new List<LabelledText>();
        for (var number = 1; reader.ReadLine() is { } json; number++)
        {
            if (json.Length == 0) continue;
            try
            {
                texts.Add(TextOf(JsonSerializer.Deserialize<Line>(json, Options)!));
            }
            catch (Exception exception) when (exception is JsonException or InvalidDataException)
            {
                throw new InvalidDataException($"Line {number}: {exception.Message}", exception);
            }
        }
        return texts;
    }

    private static LabelledText TextOf(Line line) => new()
    {
        Id = line.Id ?? throw new InvalidDataException("'id' is missing."),
        Title = line.Text ?? throw new InvalidDataException("'text' is missing."),
        Text = line.Body,
        Source = line.Source,
        Published = DateOf(line.Published),
        Language = line.Language,
        Domains = [.. (line.Domains ?? []).Distinct().Order()],
        Severity = line.Severity,
        Countries = line.Countries,
        IsDoubtful = line.Doubtful,
        IsWeak = line.LabelBy is not null,
        IsLabelled = line.Domains is not null,
    };

    /// <summary>Collections write dates in many ways; one that cannot be read is unknown.</summary>
    private static DateTimeOffset? DateOf(string? text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, Utc, out var date)) return date;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out date) ? date : null;
    }
}
