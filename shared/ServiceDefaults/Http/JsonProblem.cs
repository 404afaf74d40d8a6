using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monitoring.ServiceDefaults.Http;

/// <summary>What is wrong with JSON that was sent, in words of the API rather than of .NET.</summary>
public static partial class JsonProblem
{
    /// <summary>What was expected, by a part of the name of the .NET type that the value did not become; lists first, since they name their elements.</summary>
    private static readonly (string Type, string Expected)[] Kinds =
    [
        ("List`1", "a list"), ("Dictionary`", "an object"), ("System.String", "a text"), ("System.Guid", "an id, such as 0b5e7a4c-2f0e-8b0a-9c55-0a6d7f1f2d11"), ("System.Boolean", "true or false"),
        ("System.Int", "a whole number"), ("System.Double", "a number"), ("System.DateTimeOffset", "a date and time of RFC 3339"), ("System.TimeSpan", "a time span such as 00:15:00"),
    ];

    /// <summary>The field that is wrong, such as <c>countries[0].code</c>; nothing where it is the whole.</summary>
    public static string FieldOf(JsonException exception) => exception.Path?.TrimStart('$').TrimStart('.') ?? "";

    /// <summary>What is wrong with it.</summary>
    public static string Describe(JsonException exception)
    {
        if (exception.Message.Contains(".NET member", StringComparison.Ordinal)) return "is not known here";
        if (exception.Message.StartsWith("Duplicate property", StringComparison.Ordinal)) return "is there twice";
        if (NotConverted().Match(exception.Message) is { Success: true } match)
            // Of what a constructor takes, .NET names the type that it makes, not the one that was expected.
            return Kinds.FirstOrDefault(kind => match.Groups[1].Value.Contains(kind.Type, StringComparison.Ordinal)).Expected is { } expected
                ? $"expected {expected}" : "is of another kind than is expected here";
        return Place().Replace(exception.Message, "");
    }

    [GeneratedRegex(@"could not be converted to (\S+?)\.(?: |$)")]
    private static partial Regex NotConverted();

    /// <summary>The field is told apart, and a syntax error's line and byte say enough.</summary>
    [GeneratedRegex(@" Path: \S+ \|")]
    private static partial Regex Place();
}
