using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>Writes items out again, one after the other: a writer for each would cost more than reading it did.</summary>
internal sealed class XmlItemWriter : IDisposable
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly MemoryStream bytes = new();
    private readonly XmlWriter writer;

    public XmlItemWriter() => writer = XmlWriter.Create(bytes, Settings);

    /// <summary>An element with all that is in it, as UTF-8.</summary>
    public byte[] Write(XElement element)
    {
        element.WriteTo(writer);
        writer.Flush();
        var written = bytes.ToArray();
        bytes.SetLength(0);
        return written;
    }

    public void Dispose() => writer.Dispose();
}
