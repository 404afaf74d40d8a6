using System.IO.Pipelines;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Reads bodies by a format, all at once or in small pieces.</summary>
internal static class Reading
{
    public static async Task<List<FeedItem>> ItemsOf(FeedFormat format, byte[] body, int piece = int.MaxValue, FormatLimits? limits = null, Func<FeedBody, FeedBody>? with = null)
    {
        var reader = PipeReader.Create(new PiecewiseStream(body, piece), new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 1));
        var feedBody = new FeedBody(reader);
        var items = new List<FeedItem>();
        await foreach (var item in format.ReadAsync(with?.Invoke(feedBody) ?? feedBody, limits ?? FormatLimits.Default, TestContext.Current.CancellationToken)) items.Add(item);
        await reader.CompleteAsync();
        return items;
    }

    public static Task<List<FeedItem>> ItemsOf(FeedFormat format, string body) => ItemsOf(format, Encoding.UTF8.GetBytes(body));

    /// <summary>The reports of a body that has nothing else; each of their raw bytes, read again, gives the same report.</summary>
    public static async Task<List<Report>> ReportsOf(FeedFormat format, byte[] body, Func<FeedBody, FeedBody>? with = null)
    {
        var items = await ItemsOf(format, body, with: with);
        Assert.All(items, item => Assert.True(item.Problems.Count == 0, string.Join("; ", item.Problems)));
        foreach (var item in items)
        {
            var again = Assert.Single(await ItemsOf(format, item.Raw, with: with));
            Assert.Equal(ReportDigest.Of(item.Report!), ReportDigest.Of(again.Report!));
        }
        return items.ConvertAll(item => item.Report!);
    }

    public static Task<List<Report>> ReportsOf(FeedFormat format, string body) => ReportsOf(format, Encoding.UTF8.GetBytes(body));

    public static async Task<Report> ReportOf(FeedFormat format, string body) => Assert.Single(await ReportsOf(format, body));

    /// <summary>The one thing that is wrong with the one item of a body.</summary>
    public static async Task<FormatProblem> ProblemOf(FeedFormat format, string body)
    {
        var item = Assert.Single(await ItemsOf(format, body));
        Assert.Null(item.Report);
        return Assert.Single(item.Problems);
    }

    public static Task<List<FeedItem>> ItemsOf(byte[] body, bool lines = false, int piece = int.MaxValue, FormatLimits? limits = null) =>
        ItemsOf(new NativeFormat(lines), body, piece, limits);

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
