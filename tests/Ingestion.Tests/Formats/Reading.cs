using System.IO.Pipelines;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Reads bodies by the format under test, all at once or in small pieces.</summary>
internal static class Reading
{
    public static async Task<List<FeedItem>> ItemsOf(byte[] body, bool lines = false, int piece = int.MaxValue, FormatLimits? limits = null)
    {
        var reader = PipeReader.Create(new PiecewiseStream(body, piece), new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 1));
        var items = new List<FeedItem>();
        await foreach (var item in new NativeFormat(lines).ReadAsync(reader, limits ?? FormatLimits.Default, TestContext.Current.CancellationToken)) items.Add(item);
        await reader.CompleteAsync();
        return items;
    }

    public static Task<List<FeedItem>> ItemsOf(string body, bool lines = false, int piece = int.MaxValue, FormatLimits? limits = null) =>
        ItemsOf(Encoding.UTF8.GetBytes(body), lines, piece, limits);

    public static async Task<FeedItem> ItemOf(string json) => Assert.Single(await ItemsOf(json));

    public static async Task<Report> ReportOf(string json)
    {
        var item = await ItemOf(json);
        Assert.Empty(item.Problems);
        return item.Report!;
    }

    /// <summary>The one thing that is wrong with it.</summary>
    public static async Task<FormatProblem> ProblemOf(string json)
    {
        var item = await ItemOf(json);
        Assert.Null(item.Report);
        return Assert.Single(item.Problems);
    }

    private sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
    }
}
