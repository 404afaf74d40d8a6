using System.Text;

namespace Monitoring.Ingestion.Formats.Json;

/// <summary>The names of an object's members, compared as bytes.</summary>
internal sealed class JsonMembers(params string[] names)
{
    private readonly byte[][] encoded = [.. names.Select(Encoding.UTF8.GetBytes)];

    public bool Contains(string name) => Array.IndexOf(names, name) >= 0;

    public string this[int index] => names[index];

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < encoded.Length; index++)
            if (name.SequenceEqual(encoded[index])) return index;
        return -1;
    }
}
