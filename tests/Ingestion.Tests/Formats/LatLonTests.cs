using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class LatLonTests
{
    [Theory]
    [InlineData("59.44,24.75", 59.44, 24.75)]
    [InlineData(" 59.44\n24.75 ", 59.44, 24.75)]
    [InlineData("59.44,24.75 12.5", 59.44, 24.75)]
    [InlineData("0,0 0,6 6,6 6,0 0,0", 3, 3)]
    [InlineData("0,0 0,3 3,0 0,0", 1, 1)]
    [InlineData("0,179 0,-179 2,-179 2,179 0,179", 1, 180)]
    [InlineData("0,-178 0,176 2,176 2,-178 0,-178", 1, 179)]
    [InlineData("10,20 14,20", 12, 20)]
    public void The_middle_is_found(string text, double lat, double lon) => Assert.Equal((lat, lon), LatLon.Centre(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("59.44")]
    [InlineData("59.44 east")]
    [InlineData("1 2 3 4 5")]
    [InlineData("NaN NaN")]
    public void What_is_no_pair_of_numbers_has_none(string? text) => Assert.Null(LatLon.Centre(text));

    [Fact]
    public void The_longitude_may_come_first() => Assert.Equal((59.44, 24.75), LatLon.Centre("24.75,59.44", isLonFirst: true));
}
