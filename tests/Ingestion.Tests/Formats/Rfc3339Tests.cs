using System.Globalization;
using System.Text;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.5200000Z")]
    [InlineData("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.0000000Z")]
    [InlineData("1990-12-31T23:59:60Z", "1991-01-01T00:00:00.0000000Z")]
    [InlineData("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.8700000Z")]
    [InlineData("2026-11-22t08:00:00z", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2026-11-22T08:00:00.123456789012Z", "2026-11-22T08:00:00.1234567Z")]
    [InlineData("2026-11-22T08:00:00-00:00", "2026-11-22T08:00:00.0000000Z")]
    [InlineData("2024-02-29T00:00:00+23:59", "2024-02-28T00:01:00.0000000Z")]
    public void What_the_standard_allows_is_read_into_utc(string text, string utc)
    {
        Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out var time));
        Assert.Equal(utc, time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T08:00Z")]
    [InlineData("2026-11-22T08:00:00")]
    [InlineData("2026-11-22T08:00:00.Z")]
    [InlineData("2026-11-22T08:00:00.1")]
    [InlineData("2026-11-22T08:00:00+0100")]
    [InlineData("2026-11-22T08:00:00+01")]
    [InlineData("2026-11-22T08:00:00+24:00")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T08:60:00Z")]
    [InlineData("2026-11-22T08:00:61Z")]
    [InlineData("2026-13-22T08:00:00Z")]
    [InlineData("2025-02-29T08:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-11-22 08:00:00Z")]
    [InlineData("+026-11-22T08:00:00Z")]
    [InlineData("2026-11-22T08:00:00Zx")]
    public void What_it_does_not_allow_is_refused(string text) => Assert.False(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _));
}
