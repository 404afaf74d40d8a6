using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Geography;

public sealed class GazetteerTests
{
    private static readonly Gazetteer Gazetteer = Built.Model.Gazetteer;

    [Theory]
    [InlineData("Nigeria floods", "NG")]
    [InlineData("Niger coup leaders", "NE")]
    [InlineData("Papua New Guinea quake", "PG")]
    [InlineData("Guinea-Bissau votes", "GW")]
    [InlineData("Equatorial Guinea and Guinea", "GQ GN")]
    [InlineData("Dominica after the hurricane", "DM")]
    [InlineData("Dominican Republic after the hurricane", "DO")]
    [InlineData("South Korea and North Korea", "KR KP")]
    [InlineData("Fighting in the Democratic Republic of the Congo", "CD")]
    [InlineData("Oil from the Republic of the Congo", "CG")]
    [InlineData("The Central African Republic asks for help", "CF")]
    [InlineData("South Sudan and Sudan", "SS SD")]
    [InlineData("Northern Ireland and Ireland", "GB IE")]
    [InlineData("South Africa", "ZA")]
    [InlineData("Türkiye and Turkey", "TR TR")]
    [InlineData("Bogotá and Bogota", "CO CO")]
    [InlineData("Côte d'Ivoire", "CI")]
    [InlineData("Kosovo's border", "XK")]
    public void The_longest_name_is_the_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("US troops leave", "US")]
    [InlineData("U.S. troops leave", "US")]
    [InlineData("The U.K. and the UAE", "GB AE")]
    [InlineData("They told us to leave", "")]
    [InlineData("A turkey dinner", "")]
    [InlineData("Fine china and a guinea pig", "")]
    [InlineData("TELL US MORE", "")]
    [InlineData("TURKEY BANS U.S. FLIGHTS", "TR US")]
    [InlineData("comparison to nazi germany disgusting", "DE")]
    [InlineData("polish your shoes", "")]
    public void Capitals_tell_a_country_from_a_word(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("The ambassador was summoned")]
    [InlineData("Latin America and South American farmers")]
    [InlineData("Michael Jordan sells shoes")]
    [InlineData("Drills in the South China Sea")]
    [InlineData("The Paris Agreement turns ten")]
    [InlineData("Manchester United lose at home")]
    public void What_only_looks_like_a_country_names_nobody(string text) => Assert.Equal("", Find(text));

    [Theory]
    [InlineData("Russian and Ukrainian envoys", "RU UA")]
    [InlineData("Israelis flee Haifa", "IL IL")]
    [InlineData("Blast in Kabul", "AF")]
    [InlineData("The Kremlin denies it", "RU")]
    [InlineData("Gaza ceasefire", "PS")]
    [InlineData("Slovenian and Slovak ministers", "SI SK")]
    public void Inhabitants_capitals_and_places_mean_their_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Theory]
    [InlineData("Georgia recount: Atlanta votes again", "US US")]
    [InlineData("Protests in Georgia as Tbilisi turns from the EU", "GE GE")]
    [InlineData("Georgia grows wine", "GE")]
    public void The_company_of_Georgia_tells_the_state_from_the_country(string text, string codes) => Assert.Equal(codes, Find(text));

    [Fact]
    public void Every_country_of_the_world_is_found_by_its_name() =>
        Assert.All(World.Countries.All.Where(country => country.To is null), country => Assert.Contains(country.Code, Find($"In {country.Name} today").Split(' ')));

    private static string Find(string text) => string.Join(' ', Gazetteer.Find(Tokens.Of(text)).Select(mention => mention.Code));
}
