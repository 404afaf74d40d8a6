using Monitoring.Ingestion.Formats;
using Monitoring.Load.Figures;

namespace Monitoring.Load.Formats;

/// <summary>Measures how fast each format is read, by the processor time that it takes, and what is allocated for each item.</summary>
internal static class FormatsCommand
{
    private const int Bytes = 4 << 20;

    private sealed record Figures(string Format, double MegabytesPerCpuSecond, long Items, int BytesPerItem, long AllocatedPerItem, int BodyBytes);

    public static async Task<int> RunAsync(Arguments arguments, TimeProvider time)
    {
        var figures = new List<Figures>();
        foreach (var format in FeedFormats.All)
        {
            var body = await Enlarged.OfAsync(format, Bytes);
            await MeasureAsync(format, body, arguments.WarmUp, time);
            figures.Add(await MeasureAsync(format, body, arguments.Length, time));
        }
        Result.Print(new { command = "formats", figures });
        return 0;
    }

    private static async Task<Figures> MeasureAsync(FeedFormat format, byte[] body, TimeSpan length, TimeProvider time)
    {
        var (items, bodies) = (0L, 0L);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var (started, cpu) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        do
        {
            await foreach (var _ in format.ReadAsync(FeedBody.Of(body), FormatLimits.Default)) items++;
            bodies++;
        }
        while (time.GetElapsedTime(started) < length);
        var took = Environment.CpuUsage.TotalTime - cpu;
        var bytes = bodies * body.Length;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new(format.Name, Math.Round(bytes / took.TotalSeconds / 1e6, 1), items, (int)(bytes / items), allocated / items, body.Length);
    }
}
