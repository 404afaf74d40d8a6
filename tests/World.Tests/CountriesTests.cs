namespace Monitoring.World.Tests;

public sealed class CountriesTests
{
    [Fact]
    public void Codes_are_two_capitals_and_unique()
    {
        Assert.All(Countries.All, country => Assert.True(country.Code.Length == 2 && country.Code.All(char.IsAsciiLetterUpper), country.Code));
        Assert.Equal(Countries.All.Count, Countries.All.DistinctBy(country => country.Code).Count());
    }

    [Theory]
    [InlineData("EE", "Estonia")]
    [InlineData("XK", "Kosovo")]
    [InlineData("CG", "Republic of the Congo")]
    [InlineData("CD", "DR Congo")]
    public void A_country_is_found_by_its_code(string code, string name) => Assert.Equal(name, Countries.NameOf(code));

    [Theory]
    [InlineData("EST", "EE")]
    [InlineData("AUT", "AT")]
    [InlineData("AUS", "AU")]
    [InlineData("COD", "CD")]
    [InlineData("XKX", "XK")]
    public void A_country_is_found_by_its_longer_code(string alpha3, string code) => Assert.Equal(code, Countries.FindByAlpha3(alpha3)?.Code);

    [Fact]
    public void Longer_codes_are_three_capitals_and_nothing_else_is_found_by_one()
    {
        Assert.All(Countries.All, country => Assert.True(country.Alpha3.Length == 3 && country.Alpha3.All(char.IsAsciiLetterUpper), country.Alpha3));
        Assert.Null(Countries.FindByAlpha3("EUR"));
    }

    [Theory]
    [InlineData("ee")]
    [InlineData("EU")]
    [InlineData("ZZ")]
    public void What_is_no_country_is_not_known(string code)
    {
        Assert.False(Countries.IsKnown(code));
        Assert.Equal(code, Countries.NameOf(code));
    }

    [Fact]
    public void A_state_that_ended_has_its_time() =>
        Assert.Equal((new DateOnly(1922, 12, 30), new DateOnly(1991, 12, 26)), (Countries.Find("SU")!.From, Countries.Find("SU")!.To));
}
