using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Geography;

public sealed class WhereaboutsTests
{
    [Theory]
    [InlineData("Iran-backed militia shells base in Iraq", "IQ:affected IR:actor")]
    [InlineData("Russia attacks port in Ukraine", "UA:affected RU:actor")]
    [InlineData("Estonia accuses Russia of jamming", "EE:affected RU:actor")]
    [InlineData("Chinese hackers breach ministry", "CN:actor")]
    [InlineData("Earthquake strikes eastern Turkey", "TR:affected")]
    [InlineData("Port of Tallinn closed", "EE:affected")]
    public void Neighbouring_words_give_a_country_its_part(string title, string expected) => Assert.Equal(expected, Parts(Of(Built.Report(title))));

    [Fact]
    public void A_country_in_passing_is_only_mentioned() =>
        Assert.Equal("EE:affected CH:mentioned", Parts(Of(Built.Report("Outage in Estonia", "The vendor, a Swiss company, had no comment."))));

    [Fact]
    public void What_the_feed_says_of_the_place_is_affected()
    {
        var report = Built.Report("Quake felt widely", hints: new Hints { Countries = ["CL"] }) with { Places = [new Place { Name = "Mendoza", Country = "AR" }] };
        var found = Of(report);
        Assert.Equal("AR:affected CL:affected", Parts(found));
        Assert.Equal(["country:AR places Mendoza", "country:CL hints CL"], found.Evidence.Select(evidence => $"{evidence.For} {evidence.Field} {evidence.Text}"));
    }

    [Fact]
    public void Each_country_comes_once_with_the_spans_that_name_it()
    {
        var found = Of(Built.Report("Ukraine hit again", "Kyiv and other Ukrainian cities were hit."));
        Assert.Equal("UA:affected", Parts(found));
        Assert.Equal(["Ukraine", "Kyiv", "Ukrainian"], found.Evidence.Select(evidence => evidence.Text));
        Assert.Equal([0, 0, 15], found.Evidence.Select(evidence => evidence.Start));
    }

    private static Whereabouts Of(Report report) => Whereabouts.Of(report, Tokens.Of(report.Title ?? ""), Tokens.Of(report.Text ?? ""), Built.Model.Gazetteer);

    private static string Parts(Whereabouts found) => string.Join(' ', found.Countries.Select(country => $"{country.Code}:{Wire<CountryRole>.Name(country.Role)}"));
}
