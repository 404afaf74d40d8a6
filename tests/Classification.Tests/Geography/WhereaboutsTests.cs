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
    [InlineData("Hackers linked to China breach Czech ministry", "CZ:affected CN:actor")]
    [InlineData("Ukraine attacked by drones", "UA:affected")]
    [InlineData("Floods cut off villages as Pakistan floods spread", "PK:affected")]
    [InlineData("Earthquake strikes eastern Turkey", "TR:affected")]
    [InlineData("Kremlin says no", "RU:actor")]
    [InlineData("Port of Tallinn closed", "EE:affected")]
    [InlineData("Iran attack tanker", "IR:actor")]
    [InlineData("Iran raid cargo ship off Oman", "OM:affected IR:actor")]
    [InlineData("Iran attack kills 3", "IR:affected")]
    [InlineData("Iran attack fears lift oil", "IR:affected")]
    [InlineData("Sudan rivals hold talks in Geneva", "SD:affected CH:mentioned")]
    public void Neighbouring_words_give_a_country_its_part(string title, string expected) => Assert.Equal(expected, Parts(Of(Built.Report(title))));

    [Fact]
    public void Of_many_headlines_every_country_has_its_part() => Assert.All(Samples.Lines("Geography", "roles.tsv").Select(line => line.Split('\t')), sample =>
        Assert.Equal(sample[0], string.Join(' ', Parts(Of(Built.Report(sample[1]))).Split(' ').Order(StringComparer.Ordinal))));

    [Theory]
    [InlineData("The vendor, a Swiss company, had no comment.", "EE:affected CH:mentioned")]
    [InlineData("GRAZ, Austria -- Tallinn was dark for hours.", "EE:affected AT:mentioned")]
    [InlineData("VIENNA (Wire) - Tallinn was dark for hours.", "EE:affected AT:mentioned")]
    public void A_country_in_passing_is_only_mentioned(string text, string expected) => Assert.Equal(expected, Parts(Of(Built.Report("Outage in Estonia", text))));

    [Fact]
    public void Who_comes_far_behind_the_beginning_without_a_part_is_only_mentioned() =>
        Assert.Equal("EE:affected PT:mentioned", Parts(Of(Built.Report("Outage in Estonia", new string('.', 600) + " Portugal knows the same."))));

    [Fact]
    public void Places_of_the_text_come_with_their_country_and_coordinates()
    {
        var places = Of(Built.Report("Tankers turn back before the Strait of Hormuz", "Smoke over Kharkiv and Etna; calm in the Baltic Sea.")).Places;
        Assert.Equal(["Strait of Hormuz IR", "Kharkiv UA", "Etna IT", "Baltic Sea "], places.Select(place => $"{place.Name} {place.Country}"));
        Assert.Equal((50, 36.2), (Math.Round(places[1].Lat!.Value), Math.Round(places[1].Lon!.Value, 1)));
    }

    [Theory]
    [InlineData("Georgia, Victoria, Congo in San Jose, Birmingham; ", null)]
    [InlineData("Iran Georgia, Congo Birmingham; ", "de")]
    [InlineData("中国南海イラン", "ja")]
    public void A_hostile_text_of_nothing_but_names_costs_little_more_than_another(string names, string? language)
    {
        var text = Tokens.Of(string.Concat(Enumerable.Repeat(names, 8_000)));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(Whereabouts.Of(Built.Report("x"), Tokens.Of("x"), text, language, Known.Gazetteer).Countries);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
    }

    [Fact]
    public void What_the_feed_says_of_the_place_is_affected()
    {
        var report = Built.Report("Quake felt widely", hints: new Hints { Countries = ["CL"] }) with { Places = [new Place { Name = "Mendoza", Country = "AR" }] };
        var found = Of(report);
        Assert.Equal("AR:affected CL:affected", Parts(found));
        Assert.Equal(["country:AR places Mendoza", "country:CL hints CL"], found.Evidence.Select(evidence => $"{evidence.For} {evidence.Field} {evidence.Text}"));
    }

    [Fact]
    public void What_the_feed_says_twice_is_told_once() =>
        Assert.Equal(["country:CL hints CL"], Of(Built.Report("Quake felt widely", hints: new Hints { Countries = ["CL", "CL", "CL"] })).Evidence.Select(evidence => $"{evidence.For} {evidence.Field} {evidence.Text}"));

    [Fact]
    public void What_lies_behind_the_part_that_is_read_names_nobody() =>
        Assert.Empty(Whereabouts.Of(Built.Report("x"), Tokens.Of("x"), Tokens.Of(new string('、', 50) + "台湾", limit: 50), "ja", Known.Gazetteer).Countries);

    [Fact]
    public void Each_country_comes_once_with_the_spans_that_name_it()
    {
        var found = Of(Built.Report("Ukraine hit again", "Kyiv and other Ukrainian cities were hit."));
        Assert.Equal("UA:affected", Parts(found));
        Assert.Equal(["Ukraine", "Kyiv", "Ukrainian"], found.Evidence.Select(evidence => evidence.Text));
        Assert.Equal([0, 0, 15], found.Evidence.Select(evidence => evidence.Start));
    }

    private static Whereabouts Of(Report report) => Whereabouts.Of(report, Tokens.Of(report.Title ?? ""), Tokens.Of(report.Text ?? ""), report.Language, Known.Gazetteer);

    private static string Parts(Whereabouts found) => string.Join(' ', found.Countries.Select(country => $"{country.Code}:{Wire<CountryRole>.Name(country.Role)}"));
}
