using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitoring.Contracts;

/// <summary>What an incident is about. An incident can have several, or none.</summary>
[JsonConverter(typeof(WireEnumConverter<Domain>))]
public enum Domain { Cyber, Economic, Climate, Military }

/// <summary>How much an incident matters, least first.</summary>
[JsonConverter(typeof(WireEnumConverter<Severity>))]
public enum Severity { Info, Low, Medium, High, Critical }

/// <summary>Whether a report speaks of the world or of a rehearsal; only <see cref="Actual"/> may ever alert (CAP 1.2, section 3.2.1).</summary>
[JsonConverter(typeof(WireEnumConverter<ReportStatus>))]
public enum ReportStatus { Actual, Exercise, Test, System, Draft }

/// <summary>What a revision does: tells something new, changes what was told, or takes it back.</summary>
[JsonConverter(typeof(WireEnumConverter<ReportAction>))]
public enum ReportAction { New, Update, Cancel }

/// <summary>Traffic Light Protocol 2.0 labels (FIRST), least strict first; upper case on the wire.</summary>
[JsonConverter(typeof(WireEnumConverter<Tlp>))]
public enum Tlp
{
    [JsonStringEnumMemberName("CLEAR")] Clear,
    [JsonStringEnumMemberName("GREEN")] Green,
    [JsonStringEnumMemberName("AMBER")] Amber,
    [JsonStringEnumMemberName("AMBER+STRICT")] AmberStrict,
    [JsonStringEnumMemberName("RED")] Red,
}

/// <summary>Whether an incident stands, was taken back by its source, or lives on in another one.</summary>
[JsonConverter(typeof(WireEnumConverter<IncidentState>))]
public enum IncidentState { Open, Withdrawn, Merged }

/// <summary>Where an alert is in its life.</summary>
[JsonConverter(typeof(WireEnumConverter<AlertState>))]
public enum AlertState { Firing, Acknowledged, Resolved }

/// <summary>What a country has to do with an incident.</summary>
[JsonConverter(typeof(WireEnumConverter<CountryRole>))]
public enum CountryRole { Affected, Actor, Mentioned }

/// <summary>What a named group or organisation has to do with an incident.</summary>
[JsonConverter(typeof(WireEnumConverter<ActorRole>))]
public enum ActorRole { Actor, Target, Mentioned }

/// <summary>Reliability of a source after the Admiralty code, most reliable first; upper case on the wire.</summary>
[JsonConverter(typeof(WireEnumConverter<Reliability>))]
public enum Reliability
{
    [JsonStringEnumMemberName("A")] A,
    [JsonStringEnumMemberName("B")] B,
    [JsonStringEnumMemberName("C")] C,
    [JsonStringEnumMemberName("D")] D,
    [JsonStringEnumMemberName("E")] E,
    [JsonStringEnumMemberName("F")] F,
}

/// <summary>
/// Whether a feed is heard as often as it usually is; <see cref="Unknown"/> while too little is known of it, or where it is switched off.
/// </summary>
[JsonConverter(typeof(WireEnumConverter<FeedHealth>))]
public enum FeedHealth { Unknown, Fresh, Late, Silent }

/// <summary>Reads and writes an enumeration by its <see cref="Wire{T}"/> names; numbers and unknown names are refused.</summary>
public sealed class WireEnumConverter<T> : JsonConverter<T> where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Wire<T>.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"expected one of {Wire<T>.Expected}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Wire<T>.Name(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Wire<T>.TryParse(reader.GetString(), out var value) ? value : throw new JsonException($"expected one of {Wire<T>.Expected}");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Wire<T>.Name(value));
}

/// <summary>The names of an enumeration on the wire and in the database: lower case, unless the member names another.</summary>
public static class Wire<T> where T : struct, Enum
{
    private static readonly T[] Members = Enum.GetValues<T>();
    private static readonly string[] Names = [.. Members.Select(NameOf)];

    /// <summary>All names, separated by commas, for messages about what was expected.</summary>
    public static string Expected { get; } = string.Join(", ", Names);

    /// <summary>All names, in the order of the members.</summary>
    public static IReadOnlyList<string> All => Names;

    public static string Name(T value) => Names[Array.IndexOf(Members, value)];

    /// <summary>The names of several values, as a database array wants them.</summary>
    public static string[] NamesOf(IEnumerable<T> values) => [.. values.Select(Name)];

    public static bool TryParse(string? name, out T value)
    {
        var index = Array.IndexOf(Names, name);
        value = index < 0 ? default : Members[index];
        return index >= 0;
    }

    public static T Parse(string name) => TryParse(name, out var value) ? value : throw new FormatException($"'{name}' is none of {Expected}");

    private static string NameOf(T member)
    {
        var field = typeof(T).GetField(member.ToString())!;
        var named = field.GetCustomAttributes(typeof(JsonStringEnumMemberNameAttribute), inherit: false).OfType<JsonStringEnumMemberNameAttribute>();
        return named.FirstOrDefault()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.ToString());
    }
}
