using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Every format's own example, damaged in every way that comes to mind: each item is a report or says what is wrong with it.</summary>
public sealed class DamagedSamplesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Formats => [.. FeedFormats.All.Select(format => format.Name)];

    [Theory, MemberData(nameof(Formats))]
    public void A_damaged_sample_is_read_or_refused_and_never_throws(string name)
    {
        var format = FeedFormats.Named(name)!;
        var damaged = Damage.Of(Encoding.UTF8.GetBytes(format.Example)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(Damage.Seed, Damage.Gamma), Prop.ForAll(damaged, body => AnswersFor(format, body)));
    }

    [Theory, MemberData(nameof(Formats))]
    public async Task The_first_bytes_of_a_sample_are_read_or_refused_however_many_they_are(string name)
    {
        var format = FeedFormats.Named(name)!;
        var sample = Encoding.UTF8.GetBytes(format.Example);
        for (var length = 0; length < sample.Length; length += Math.Max(1, sample.Length / 200)) Assert.True(await IsAnsweredAsync(format, sample[..length]));
    }

    private static bool AnswersFor(FeedFormat format, byte[] body) => Task.Run(() => IsAnsweredAsync(format, body)).GetAwaiter().GetResult();

    /// <summary>Within its time; and what was accepted is the same when its own bytes are read again.</summary>
    private static async Task<bool> IsAnsweredAsync(FeedFormat format, byte[] body)
    {
        _ = BodySample.Of(body);
        var items = await Reading.ItemsOf(format, body).WaitAsync(Deadline);
        foreach (var item in items)
        {
            if (item.Report is null != item.Problems.Count > 0 || item.Problems.Any(problem => problem.ToString().Contains('\0'))) return false;
            if (item.Report is not { } report) continue;
            var again = await Reading.ItemsOf(format, item.Raw);
            if (again is not [{ Report: { } same }] || !ReportDigest.Of(same).SequenceEqual(ReportDigest.Of(report))) return false;
        }
        return true;
    }
}
