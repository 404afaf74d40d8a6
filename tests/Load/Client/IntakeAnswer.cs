using System.Text.Json;

namespace Monitoring.Load.Client;

/// <summary>How many items an intake answer lists under each of its three names.</summary>
internal readonly record struct IntakeAnswer(int Accepted, int Duplicates, int Rejected)
{
    public static IntakeAnswer Read(ReadOnlySpan<byte> body)
    {
        var (accepted, duplicates, rejected) = (0, 0, 0);
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
            if (reader.ValueTextEquals("accepted"u8)) accepted = Items(ref reader);
            else if (reader.ValueTextEquals("duplicates"u8)) duplicates = Items(ref reader);
            else if (reader.ValueTextEquals("rejected"u8)) rejected = Items(ref reader);
        }
        return new(accepted, duplicates, rejected);
    }

    private static int Items(ref Utf8JsonReader reader)
    {
        var items = 0;
        reader.Read();
        while (reader.TokenType != JsonTokenType.EndArray && reader.Read())
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 2)
            {
                items++;
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == 1) break;
        return items;
    }
}
