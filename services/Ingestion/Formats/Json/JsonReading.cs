using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>
/// Looks into JSON of others without stumbling: of what is missing or of another kind, nothing is found. Only for items whose strings are
/// known to be Unicode text (<see cref="JsonText.FaultOf"/>).
/// </summary>
internal static class JsonReading
{
    /// <summary>The member, or an undefined element.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    public static bool IsPresent(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A string, or what a number or a boolean looks like; <c>null</c> for anything else, and for empty strings.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <inheritdoc cref="Text(JsonElement)"/>
    public static string? Text(this JsonElement element, string name) => element.Member(name).Text();

    /// <summary>A finite number, also one that stands in a string.</summary>
    public static double? Number(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <inheritdoc cref="Number(JsonElement)"/>
    public static double? Number(this JsonElement element, string name) => element.Member(name).Number();

    /// <summary>A boolean, also as <c>"true"</c>, <c>1</c> or <c>"1"</c>; <c>null</c> where it is none.</summary>
    public static bool? Flag(this JsonElement element, string name) => element.Text(name) switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => null,
    };

    /// <summary>The elements of an array, or the one value that stands there instead.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [element],
    };

    /// <inheritdoc cref="Each(JsonElement)"/>
    public static IEnumerable<JsonElement> Each(this JsonElement element, string name) => element.Member(name).Each();

    /// <summary>The texts in an array, or the one that stands there instead.</summary>
    public static IEnumerable<string> Texts(this JsonElement element, string name) => element.Each(name).Select(Text).OfType<string>();

    /// <summary>What an attribute keeps of a value: a text as it is, anything else as its JSON; <c>null</c> for nothing.</summary>
    public static string? Kept(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array => JsonText.Compact(System.Text.Encoding.UTF8.GetBytes(element.GetRawText())),
        _ => element.Text(),
    };

    /// <summary>Keeps the members of an object that a report has no field for.</summary>
    /// <param name="element">The object.</param>
    /// <param name="report">Where they are kept.</param>
    /// <param name="prefix">Put before their names.</param>
    /// <param name="but">Members that are mapped already.</param>
    public static void KeepRest(this JsonElement element, ReportBuilder report, string prefix, JsonMembers but)
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
            if (but.IndexOf(JsonMarshal.GetRawUtf8PropertyName(member)) < 0) report.Attribute(prefix + member.Name, member.Value.Kept());
    }
}
