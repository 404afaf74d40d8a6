using System.Text.Json;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Feeds;

/// <summary>What a feed may be like.</summary>
internal static class FeedRules
{
    private const int NameLength = 100;
    private const int FastestRate = 1_000_000;

    public static Dictionary<string, string[]> UnreadableMarking { get; } =
        new() { ["marking"] = [$"expected an object with tlp (one of {Wire<Tlp>.Expected}) and releasableTo (an array of texts), or null"] };

    /// <returns>What is wrong with each field; a name of <c>null</c> is not looked at.</returns>
    public static Dictionary<string, string[]> Check(string? name, Marking? marking, int? rateLimit)
    {
        var errors = new Dictionary<string, string[]>();
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > NameLength || name.Any(char.IsControl)))
            errors["name"] = [$"expected 1 to {NameLength} characters, none of them control characters"];
        if (rateLimit is < 0 or > FastestRate) errors["rateLimit"] = [$"expected reports per second from 0 (unlimited) to {FastestRate}, found {rateLimit}"];
        if (marking?.ReleasableTo is { } audience && (audience.Count > ReportLimits.ReleasableTo || audience.Any(one => string.IsNullOrWhiteSpace(one) || one.Length > ReportLimits.Audience)))
            errors["marking.releasableTo"] = [$"expected at most {ReportLimits.ReleasableTo} members or alliances of at most {ReportLimits.Audience} characters"];
        return errors;
    }

    public static bool TryReadMarking(JsonElement json, out Marking? marking)
    {
        marking = null;
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return true;
        try
        {
            marking = json.Deserialize(ContractsJson.Default.Marking);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
