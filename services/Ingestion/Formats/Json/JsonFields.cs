using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Monitoring.Contracts;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>
/// Reads members of JSON objects in the order they come, and collects what is wrong with them instead of stopping at the first. Members
/// without a field are kept as attributes. Throws <see cref="JsonException"/> where the bytes are not JSON or too deep.
/// </summary>
internal ref struct JsonFields
{
    private readonly ReadOnlySpan<byte> bytes;
    private Utf8JsonReader reader;
    private string scope = "";
    private List<FormatProblem>? problems;
    private JsonAttributes attributes;

    public JsonFields(ReadOnlySpan<byte> bytes, int depth)
    {
        this.bytes = bytes;
        reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = depth });
        reader.Read();
    }

    public readonly IReadOnlyList<FormatProblem> Problems => problems ?? (IReadOnlyList<FormatProblem>)[];

    /// <summary>The string at hand, without its quotes.</summary>
    public readonly ReadOnlySpan<byte> Raw => reader.ValueSpan;

    public void Problem(string member, string expected, string found) => (problems ??= []).Add(new FormatProblem(Pointer(member), expected, found));

    public readonly bool HasProblemAt(string member, string other)
    {
        if (problems is null) return false;
        var (first, second) = (Pointer(member), Pointer(other));
        return problems.Exists(problem => problem.Pointer == first || problem.Pointer == second);
    }

    /// <summary>What is read from now on lies within this member.</summary>
    /// <returns>The place to <see cref="Leave"/> to.</returns>
    public string Enter(string member)
    {
        var outer = scope;
        scope = $"{scope}/{member}";
        return outer;
    }

    public void Leave(string outer) => scope = outer;

    /// <summary>Whether an object starts here.</summary>
    public bool Open(string member, string expected)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        Refuse(member, expected);
        return false;
    }

    /// <summary>Whether an array starts here.</summary>
    public bool OpenList(string member)
    {
        if (reader.TokenType == JsonTokenType.StartArray) return true;
        Refuse(member, "an array");
        return false;
    }

    /// <summary>Moves to the next element, if there is one.</summary>
    public bool NextElement()
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public readonly string ElementName(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Moves to the value of the next known member that is not null; <c>null</c> at the object's end.</summary>
    public string? Next(JsonMembers members, ref uint seen)
    {
        while (true)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.EndObject) return null;
            var index = reader.ValueIsEscaped ? EscapedIndex(members) : members.IndexOf(reader.ValueSpan);
            if (index < 0)
            {
                Unknown();
                continue;
            }
            if ((seen >> index & 1) != 0) Problem(members[index], "each member once", "it twice");
            seen |= 1u << index;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null) return members[index];
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public void Close() => reader.Read();

    /// <summary>A text; nothing but white space is no text, unless it <paramref name="isName"/>, when it is a fault.</summary>
    public string? Text(string member, int characters, bool isName = false)
    {
        if (!IsText(member)) return null;
        var text = reader.GetString()!;
        if (text.Length > characters)
        {
            Problem(member, $"at most {characters} characters", $"{text.Length}");
            return null;
        }
        if (!string.IsNullOrWhiteSpace(text)) return text;
        if (isName) Problem(member, $"1 to {characters} characters", "an empty text");
        return null;
    }

    /// <summary>Whether a string is here that can be taken as text.</summary>
    public bool IsText(string member)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(member, "a string");
            return false;
        }
        if (JsonText.FaultOf(reader.ValueSpan, reader.ValueIsEscaped) is not { } fault) return true;
        Problem(member, "Unicode text without U+0000", fault);
        return false;
    }

    public readonly string Quoted() => JsonText.Quote(reader.GetString()!);

    /// <summary>An array of names, none of them empty.</summary>
    public List<string> Names(string member, int atMost, int characters)
    {
        var names = new List<string>();
        if (!OpenList(member)) return names;
        var outer = Enter(member);
        var count = 0;
        for (; NextElement(); count++)
            if (Text(ElementName(count), characters, isName: true) is { } name && names.Count < atMost) names.Add(name);
        Leave(outer);
        if (count > atMost) Problem(member, $"at most {atMost} of them", $"{count}");
        return names;
    }

    public T? Enumeration<T>(string member) where T : struct, Enum
    {
        if (!IsText(member)) return null;
        foreach (var name in Wire<T>.All)
            if (reader.ValueTextEquals(name)) return Wire<T>.Parse(name);
        Problem(member, $"one of {Wire<T>.Expected}", Quoted());
        return null;
    }

    public double? Number(string member, double from, double to, string expected)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            Refuse(member, expected);
            return null;
        }
        if (reader.TryGetDouble(out var number) && number >= from && number <= to) return number;
        Problem(member, expected, JsonText.Quote(Encoding.ASCII.GetString(reader.ValueSpan)));
        return null;
    }

    /// <summary>Takes an object's members as attributes of the feed's own naming.</summary>
    public void Attributes(string member)
    {
        if (!Open(member, "an object")) return;
        var outer = Enter(member);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            if (Attribute() is { } attribute) attributes.AddOwn(attribute);
        Leave(outer);
    }

    /// <summary>All attributes, in an order that does not depend on the item's.</summary>
    public Dictionary<string, string>? TakeAttributes() => attributes.Merge(ref this);

    private void Unknown()
    {
        if (Attribute() is not { } attribute) return;
        attributes.AddUnknown(scope.Length == 0 ? attribute : new(scope[1..].Replace('/', '.') + "." + attribute.Key, attribute.Value));
    }

    /// <summary>Reads the member at hand: a string as it is, anything else as its JSON.</summary>
    private KeyValuePair<string, string>? Attribute()
    {
        if (JsonText.FaultOf(reader.ValueSpan, reader.ValueIsEscaped) is { } fault)
        {
            Problem("", "member names of Unicode text without U+0000", fault);
            reader.Read();
            reader.Skip();
            return null;
        }
        var name = reader.GetString()!;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null || AttributeValue(name) is not { } value) return null;
        if (name.Length > ReportLimits.AttributeName) Problem(name, $"a name of at most {ReportLimits.AttributeName} characters", $"{name.Length}");
        else if (value.Length > ReportLimits.AttributeValue) Problem(name, $"at most {ReportLimits.AttributeValue} characters", $"{value.Length}");
        else return new(name, value);
        return null;
    }

    private string? AttributeValue(string name)
    {
        if (reader.TokenType == JsonTokenType.String) return IsText(name) ? reader.GetString() : null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var value = bytes[start..(int)reader.BytesConsumed];
        if (Utf8.IsValid(value)) return JsonText.Compact(value);
        Problem(name, "Unicode text", "bytes that are not UTF-8");
        return null;
    }

    private readonly int EscapedIndex(JsonMembers members) =>
        JsonText.FaultOf(reader.ValueSpan, isEscaped: true) is null ? members.IndexOf(Encoding.UTF8.GetBytes(reader.GetString()!)) : -1;

    private void Refuse(string member, string expected)
    {
        Problem(member, expected, JsonText.Name(reader.TokenType));
        reader.Skip();
    }

    private readonly string Pointer(string member)
    {
        if (member.Length == 0) return scope;
        if (member.Length > ReportLimits.AttributeName) member = string.Concat(member.AsSpan(0, 60), "…");
        return $"{scope}/{member.Replace("~", "~0").Replace("/", "~1")}";
    }
}
