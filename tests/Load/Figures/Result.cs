using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitoring.Load.Figures;

/// <summary>Prints what a command found as its one JSON object.</summary>
internal static class Result
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print<T>(T result) => Console.Out.WriteLine(JsonSerializer.Serialize(result, Readable));
}
