using System.Xml.Linq;

namespace Monitoring.Ingestion.Formats.Xml;

/// <summary>A format whose items are elements of an XML document.</summary>
internal abstract class XmlFormat : DocumentFormat
{
    public sealed override bool ReadsAnyCharset => true;

    /// <summary>The document's characters are two bytes each, and may have to be mended.</summary>
    protected sealed override int Weight => 4;

    /// <summary>The root elements that it knows, for people.</summary>
    protected abstract string Roots { get; }

    /// <summary>What an element is to this format; it has its attributes and its parents, but not yet its content.</summary>
    protected abstract XmlPart PartOf(XElement element);

    /// <summary>Maps an item; its parents hold the context that was kept.</summary>
    protected abstract void Map(XElement item, ReportBuilder report);

    protected sealed override IEnumerable<FeedItem> Read(FeedDocument document, FormatLimits limits)
    {
        using var walk = new XmlWalk(document, limits, Roots, PartOf);
        for (var index = 0; walk.Next() is { } item; index++)
        {
            if (item.Element is { } element)
            {
                var report = new ReportBuilder();
                Map(element, report);
                var built = report.Build(index, item.Raw);
                yield return built with { Problems = [.. built.Problems.Select(problem => problem with { Line = item.Line })] };
            }
            else
            {
                yield return new FeedItem { Index = index, Raw = item.Raw, IsTruncated = item.IsTruncated, Problems = [item.Problem!], IsBreak = item.IsBreak };
            }
        }
    }
}
