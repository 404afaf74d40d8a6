using Monitoring.Ingestion.Formats;
using Monitoring.World;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class FipsCodesTests
{
    [Theory]
    [InlineData("AS", "AU")]
    [InlineData("AU", "AT")]
    [InlineData("CH", "CN")]
    [InlineData("SZ", "CH")]
    [InlineData("GM", "DE")]
    [InlineData("GA", "GM")]
    [InlineData("RS", "RU")]
    [InlineData("UP", "UA")]
    [InlineData("UK", "GB")]
    [InlineData("IZ", "IQ")]
    [InlineData("SF", "ZA")]
    [InlineData("ZA", "ZM")]
    [InlineData("GZ", "PS")]
    [InlineData("KV", "XK")]
    [InlineData("OD", "SS")]
    [InlineData("us", "US")]
    [InlineData("OC", null)]
    [InlineData("PG", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Codes_of_FIPS_are_not_those_of_ISO(string? fips, string? iso) => Assert.Equal(iso, FipsCodes.ToIso(fips));

    [Fact]
    public void Every_state_has_a_code_and_every_code_is_a_country()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToList();
        var found = (from first in letters from second in letters select FipsCodes.ToIso($"{first}{second}")).OfType<string>().ToHashSet();
        Assert.All(found, code => Assert.True(Countries.IsKnown(code), code));
        // Made of parts that FIPS tells apart, or never had a code.
        string[] without = ["AX", "BQ"];
        Assert.Equal(without, Countries.All.Where(country => country.To is null && !found.Contains(country.Code)).Select(country => country.Code));
    }

    [Theory]
    [InlineData("4", "AF")]
    [InlineData("004", "AF")]
    [InlineData("466", "ML")]
    [InlineData("894", "ZM")]
    [InlineData("0", null)]
    [InlineData("x", null)]
    [InlineData(null, null)]
    public void Numbers_of_ISO_are_countries(string? number, string? alpha2) => Assert.Equal(alpha2, IsoNumbers.ToAlpha2(number));
}
