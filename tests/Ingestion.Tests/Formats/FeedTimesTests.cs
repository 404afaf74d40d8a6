using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class FeedTimesTests
{
    [Theory]
    [InlineData("Sun, 22 Nov 2026 08:00:00 GMT", "2026-11-22T08:00:00Z")]
    [InlineData("Sun, 22 Nov 2026 08:00:00 +0200", "2026-11-22T06:00:00Z")]
    [InlineData("22 Nov 26 08:00 EST", "2026-11-22T13:00:00Z")]
    [InlineData("Sun 22 November 2026 08:00:00 -05:00", "2026-11-22T13:00:00Z")]
    [InlineData("Sun, 22 Nov 2026 08:00:00", "2026-11-22T08:00:00Z")]
    [InlineData("Sun, 22 Nov 2026", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("2026-11-22 08:00:00 +02:00", "2026-11-22T06:00:00Z")]
    [InlineData("2026-11-22 08:00:00.5 ", "2026-11-22T08:00:00.5Z")]
    [InlineData("Sun, 22 Nov 2026 999999999:00:00 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("Sun, 45 Nov 2026 08:00:00 GMT", null)]
    [InlineData("", null)]
    public void Dates_of_mail_are_read_as_feeds_write_them(string text, string? time) => Assert.Equal(Parse(time), FeedTimes.OfMail(text));

    [Theory]
    [InlineData("2026-11-22T08:00:00.123Z", "2026-11-22T08:00:00.123Z")]
    [InlineData("2026-11-22T08:00:00-05:00", "2026-11-22T13:00:00Z")]
    [InlineData("2026-11-22T08:00:00.123", "2026-11-22T08:00:00.123Z")]
    [InlineData("2026-11-22 08:00:00", "2026-11-22T08:00:00Z")]
    [InlineData("2026-11-22T08:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    [InlineData("22/11/2026", null)]
    public void Iso_times_without_offset_are_utc(string text, string? time) => Assert.Equal(Parse(time), FeedTimes.OfIso(text));

    [Fact]
    public void Epochs_are_seconds_or_milliseconds()
    {
        Assert.Equal(Parse("2026-11-22T08:00:00Z"), FeedTimes.OfEpoch(1795334400));
        Assert.Equal(Parse("2026-11-22T08:00:00.5Z"), FeedTimes.OfEpoch(1795334400500, inMilliseconds: true));
        Assert.Null(FeedTimes.OfEpoch(double.MaxValue));
        Assert.Null(FeedTimes.OfEpoch(null));
    }

    private static DateTimeOffset? Parse(string? time) => time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
