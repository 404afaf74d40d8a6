using Monitoring.Classification.Judging;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

/// <summary>Events of one kind that are told in the same words are as many events as they have names.</summary>
public sealed class LookalikesTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Countries = ["Estonia", "Peru", "Egypt", "Japan", "the Philippines", "Kenya", "Canada", "Sweden", "Morocco", "South Korea"];
    private static readonly string[] Towns = ["Gothenburg", "Callao", "Alexandria", "Yokohama", "Manila", "Mombasa", "Halifax", "Tallinn", "Casablanca", "Busan"];
    private static readonly string[] Bodies = ["a county hospital", "the land registry", "the customs service", "a university", "a pension fund", "the city administration"];

    public static TheoryData<string> OfCountries =>
    [
        "Unidentified drones over a naval base in {0}", "Troops mass at the border of {0}", "Currency of {0} collapses as reserves run out", "Heatwave kills dozens in {0}",
        "Central bank of {0} holds its key rate", "Ransomware shuts down control systems of the water utility in {0}", "{0} orders new air defence systems", "Heavy snowfall slows traffic in {0}",
    ];

    public static TheoryData<string> OfTowns =>
    [
        "Wildfire reaches the outskirts of {0}", "Earthquake damages buildings in {0}", "Missile strike on a depot near {0}", "New tram line opens in {0}", "Landslide cuts the road to {0}",
    ];

    public static TheoryData<string> OfBodies => ["Data breach exposes files of {0} in Canada", "Phishing campaign impersonates {0} in Lithuania"];

    [Theory]
    [MemberData(nameof(OfCountries))]
    public void In_other_countries_they_are_other_events(string told) => AreApart(told, Countries);

    [Theory]
    [MemberData(nameof(OfTowns))]
    public void In_other_towns_they_are_other_events(string told) => AreApart(told, Towns);

    [Theory]
    [MemberData(nameof(OfBodies))]
    public void That_befall_others_are_other_events(string told) => AreApart(told, Bodies);

    [Theory]
    [InlineData("Frigates escort a Nigerian tanker", "Duties on Nigerian cocoa announced")]
    [InlineData("Mail servers of Latvian ministries taken over", "Latvian orchestra plays along the coast")]
    public void One_people_is_no_event(string one, string other) => AreApart([one, other]);

    [Theory]
    [InlineData("Rockfall closes the road to Odesa", "New tram depot opens in Odesa")]
    [InlineData("Artillery hits a warehouse in Kryvyi Rih", "Choirs of five towns sing in Kryvyi Rih")]
    public void One_town_is_no_event_however_it_is_spelt(string one, string other) => AreApart([one, other]);

    [Theory]
    [InlineData("Missile strike on a depot near Mombasa", "Airspace violation reported near Mombasa")]
    [InlineData("Cyclone makes landfall near Varna", "Flood defences fail at Varna, 900 people evacuated")]
    [InlineData("Cyclone makes landfall near Houston", "Missile strike on a depot near Houston")]
    [InlineData("Finland orders new air defence systems", "Ransomware shuts down control systems of a heating company in Finland")]
    [InlineData("Sanctions freeze assets of a steel maker in Ghana", "A steel maker in Ghana files for bankruptcy")]
    [InlineData("Troops mass at the border of Kenya", "Exchange of artillery fire at the border of Kenya")]
    public void Other_happenings_in_one_place_are_other_events(string one, string other) => AreApart([one, other]);

    [Theory]
    [InlineData("Ransomware encrypts files of a university in Turku", "Ransomware encrypts files of the land registry in Turku")]
    [InlineData("Malware found at the customs service in Rotterdam", "Malware found at a county hospital in Rotterdam")]
    [InlineData("Sanctions freeze assets of a container line in Spain", "Sanctions freeze assets of a chip packaging plant in Spain")]
    [InlineData("Wiper malware hits a steel maker in Bangladesh", "Wiper malware hits a fertiliser producer in Bangladesh")]
    public void That_befall_others_in_one_place_are_other_events(string one, string other) => AreApart([one, other]);

    [Theory]
    [InlineData("Regulator asks dealers to report disclosure violations", "Regulator asks dealers to report disclosure lapses")]
    [InlineData("Foreign minister pays surprise visit to Ukraine to see wounded soldiers", "Foreign minister pays surprise visit to Kyiv to see wounded soldiers")]
    public void Another_word_for_the_same_is_no_other_event(string one, string other)
    {
        var reports = new[] { Joinable(one, 0), Joinable(other, 1) };
        Assert.Single(Joining.Join(reports, KnownStories.None, TimeSpan.FromHours(96)).Incidents.Values.Distinct());
    }

    private static void AreApart(string told, string[] names) => AreApart([.. names.Select(name => string.Format(null, told, name))]);

    private static void AreApart(string[] titles)
    {
        var reports = titles.Select(Joinable).ToList();
        var joined = Joining.Join(reports, KnownStories.None, TimeSpan.FromHours(96));
        Assert.Equal(reports.Select(report => report.IncidentId), reports.Select(report => joined.Incidents[report.Id]));
        Assert.Empty(joined.Links);
    }

    private static JoiningReport Joinable(string title, int number)
    {
        var (feed, at) = (Guid.NewGuid(), Since.AddMinutes(15 * number));
        var report = new Report { ExternalId = "1", Title = title, PublishedAt = at };
        var received = new ReceivedReport { Id = Ids.Report(feed, report.ExternalId), Revision = 1, FeedId = feed, Feed = "feed", ReceivedAt = at, Report = report };
        return new(received.Id, Ids.Incident(received.Id), Signature.Of(received, ToldReport.Of(received, Judgement.Judge(report, Built.Model))));
    }
}
