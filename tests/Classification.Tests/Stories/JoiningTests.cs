using Monitoring.Classification.Judging;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Stories;

public sealed class JoiningTests
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private int told;

    [Fact]
    public void Reports_of_one_event_in_other_words_are_one_incident_and_others_are_not()
    {
        var joined = Join(
            Say("Ransomware halts cargo handling at the port of Klaipeda"), Say("Port of Klaipeda stops handling cargo after ransomware attack"),
            Say("Klaipeda port still closed two days after ransomware"), Say("Wildfire near Coimbra forces hundreds from their homes"));
        Assert.Equal([0, 0, 0, 3], joined);
    }

    [Fact]
    public void The_same_sentence_with_other_numbers_is_another_event() =>
        Assert.Equal([0, 1], Join(Say("Earthquake of magnitude 5.1 shakes the coast of Chile"), Say("Earthquake of magnitude 6.4 shakes the coast of Chile")));

    [Theory]
    [InlineData("CVE-2026-10017", "CVE-2026-20448")]
    [InlineData("8f78623b", "41c09ade")]
    public void Identifiers_that_differ_keep_apart_whatever_the_words(string one, string other) =>
        Assert.Equal([0, 1], Join(Say("Attackers exploit flaw in Contoso firewalls", $"It is known as {one}."), Say("Attackers exploit flaw in Contoso firewalls", $"It is known as {other}.")));

    [Fact]
    public void What_one_feed_tells_twice_is_a_series_unless_it_has_one_address()
    {
        var feed = Guid.NewGuid();
        var (first, again) = (Say("Gale warning for the German Bight", feed: feed), Say("Gale warning for the German Bight", feed: feed));
        Assert.Equal([0, 1], Join(first, again));
        Assert.Equal([0, 0], Join(At(first, "https://example.org/warnings/17?utm_source=mail"), At(again, "https://www.example.org/warnings/17/")));
        Assert.Equal([0, 0], Join(first, Say("Gale warning for the German Bight")));
    }

    [Fact]
    public void Places_that_are_far_from_each_other_keep_apart()
    {
        var (one, other) = (Say("Strong earthquake shakes San Juan"), Say("Strong earthquake shakes San Juan"));
        Assert.Equal([0, 1], Join(In(one, -31.5, -68.5), In(other, 18.5, -66.1)));
        Assert.Equal([0, 0], Join(In(one, -31.5, -68.5), In(other, -31.6, -68.4)));
    }

    [Fact]
    public void Reports_that_are_further_apart_than_the_window_are_not_joined()
    {
        var late = Say("Ransomware halts cargo handling at the port of Klaipeda");
        late = late with { ReceivedAt = Since.AddDays(5), Report = late.Report with { PublishedAt = Since.AddDays(5) } };
        Assert.Equal([0, 1], Join(Say("Ransomware halts cargo handling at the port of Klaipeda"), late));
    }

    [Theory]
    [InlineData("Frigate Halberd collides with trawler off Hokkaido", "Norges Bank raises its key rate")]
    [InlineData("China keeps key rate steady", "Floods kill dozens in southern China")]
    [InlineData("Ukraine grain exports rise in October", "Drone strikes hit power plants across Ukraine")]
    public void Events_that_are_told_in_one_minute_are_not_one_for_that(string one, string other) =>
        Assert.Equal([0, 1], Join(Published(Say(one), minutes: 7), Published(Say(other), minutes: 7)));

    [Fact]
    public void Reports_without_a_title_are_joined_by_the_beginning_of_their_text() => Assert.Equal(
        [0, 0, 2],
        Join(Untitled("Ransomware halts cargo handling at the port of Klaipeda."), Untitled("Port of Klaipeda stops handling cargo after ransomware attack."), Untitled("Wildfire near Coimbra.")));

    [Fact]
    public void Reports_without_words_are_joined_by_their_identity_alone()
    {
        var (one, other) = (Published(Untitled("…"), minutes: 7), Published(Untitled("?!"), minutes: 7));
        Assert.Equal(double.NegativeInfinity, Sameness.Score(Joinable(one).Signature, [Joinable(other).Signature]));
        Assert.Single(Join(At(one, "https://example.org/17"), At(other, "https://example.org/17")).Distinct());
    }

    [Fact]
    public void A_report_can_prove_two_incidents_to_be_one()
    {
        var reports = new[]
        {
            Say("Cable between Bornholm and Gotland cut"), Say("Denmark boards tanker Meridian Hope"),
            Say("Denmark boards tanker Meridian Hope over cut cable between Bornholm and Gotland"),
        };
        var joining = reports.Select(Joinable).ToList();
        var joined = Joining.Join(joining, KnownStories.None, TimeSpan.FromHours(96));
        Assert.NotEqual(joined.Incidents[reports[0].Id], joined.Incidents[reports[1].Id]);
        var (by, one, other) = Assert.Single(joined.Links);
        Assert.Equal(reports[2].Id, by);
        Assert.Equal(joining.Take(2).Select(report => report.IncidentId).Order(), new[] { one, other }.Order());
    }

    [Fact]
    public void A_report_proves_nothing_of_incidents_that_keep_each_other_apart()
    {
        var reports = new[]
        {
            In(Say("Strong earthquake damages houses in San Juan"), -31.5, -68.5), In(Say("Strong earthquake damages houses in San Juan"), 18.5, -66.1),
            Say("Strong earthquake damages houses in San Juan, residents flee"),
        };
        var joining = reports.Select(Joinable).ToList();
        Assert.All(joining[..2], other => Assert.True(Sameness.Score(joining[2].Signature, [other.Signature]) > Sameness.EnoughToMerge));
        var joined = Joining.Join(joining, KnownStories.None, TimeSpan.FromHours(96));
        Assert.Equal(2, joined.Incidents.Values.Distinct().Count());
        Assert.Empty(joined.Links);
    }

    [Fact]
    public void Incidents_are_close_where_the_reports_of_each_belong_to_the_other()
    {
        var halted = Signatures("Ransomware halts cargo handling at the port of Klaipeda", "Port of Klaipeda stops handling cargo after ransomware attack");
        Assert.InRange(Sameness.Closeness(halted, Signatures("Klaipeda port handles no cargo after ransomware attack")), Sameness.CloseEnough, double.MaxValue);
        Assert.InRange(Sameness.Closeness(halted, Signatures("Wildfire near Coimbra forces hundreds from their homes")), double.MinValue, Sameness.CloseEnough);
    }

    [Theory]
    [InlineData("Dam bursts above Valparaiso after rain", "Museum in Valparaiso shows maps of five centuries")]
    [InlineData("Depositors besiege a savings bank in Poland", "Depositors besiege a cooperative lender in Ghana")]
    public void One_place_alone_or_other_countries_keep_apart(string one, string other) => Assert.Equal([0, 1], Join(Say(one), Say(other)));

    [Theory]
    [InlineData("Union in Callao calls off its strike at the container port", "Union in Callao calls off its walkout at the container port")]
    [InlineData("Shares of Vantor fall on gloomy news from Jakarta", "Shares of Vantor fall on bad news from Jakarta")]
    public void Another_word_for_the_same_is_no_other_event_where_a_name_is_shared(string one, string other) => Assert.Equal([0, 0], Join(Say(one), Say(other)));

    [Fact]
    public void Another_name_in_the_same_sentence_is_known_once_the_incident_has_it() => Assert.Equal(
        [0, 0, 0],
        Join(Say("Avalanche buries skiers near Zermatt"), Say("Avalanche above Zermatt in Valais buries skiers"), Say("Avalanche buries skiers near Valais")));

    [Fact]
    public void A_signature_from_before_places_in_the_title_were_kept_is_read()
    {
        var signature = Joinable(Say("Earthquake damages buildings in Gothenburg")).Signature;
        var bytes = signature.ToBytes();
        var old = Signature.FromBytes(bytes[..^(2 * signature.Words.Count)]);
        Assert.Equal(signature.Words.Select(word => word.Hash), old.Words.Select(word => word.Hash));
        Assert.Empty(old.Sentence);
        Assert.True(double.IsFinite(Sameness.Score(Joinable(Say("Earthquake in Gothenburg damages old houses")).Signature, [old])));
    }

    [Fact]
    public void A_signature_is_the_same_after_it_was_stored()
    {
        var signature = Joinable(At(In(Say("Earthquake of magnitude 5.1 shakes Chile", "Event us7000abcd12."), -31.5, -68.5), "https://example.org/17")).Signature;
        var stored = Signature.FromBytes(signature.ToBytes());
        Assert.Equal(signature.ToBytes(), stored.ToBytes());
        Assert.Equal(signature.Sentence, stored.Sentence);
        Assert.Equal((signature.Norm, signature.Place, signature.FeedId), (stored.Norm, stored.Place, stored.FeedId));
    }

    /// <summary>For each report the place in the list of the one that began its incident.</summary>
    private static List<int> Join(params ReceivedReport[] reports)
    {
        var joined = Joining.Join(reports.Select(Joinable), KnownStories.None, TimeSpan.FromHours(96));
        var began = reports.Select(report => Ids.Incident(report.Id)).ToList();
        return [.. reports.Select(report => began.IndexOf(joined.Incidents[report.Id]))];
    }

    private List<Signature> Signatures(params string[] titles) => [.. titles.Select(title => Joinable(Say(title)).Signature)];

    private static JoiningReport Joinable(ReceivedReport report) =>
        new(report.Id, Ids.Incident(report.Id), Signature.Of(report, ToldReport.Of(report, Judgement.Judge(report.Report, Built.Model))));

    /// <summary>Told by a feed of its own, a quarter of an hour after what was told before.</summary>
    private ReceivedReport Say(string title, string? text = null, Guid? feed = null)
    {
        var (from, at) = (feed ?? Guid.NewGuid(), Since.AddMinutes(15 * told++));
        var report = new Report { ExternalId = $"{told}", Title = title, Text = text, PublishedAt = at };
        return new() { Id = Ids.Report(from, report.ExternalId), Revision = 1, FeedId = from, Feed = "feed", ReceivedAt = at, Report = report };
    }

    private static ReceivedReport Published(ReceivedReport report, int minutes) => report with { Report = report.Report with { PublishedAt = Since.AddMinutes(minutes) } };

    private ReceivedReport Untitled(string text)
    {
        var report = Say("", text);
        return report with { Report = report.Report with { Title = null } };
    }

    private static ReceivedReport At(ReceivedReport report, string url) => report with { Report = report.Report with { Url = url } };

    private static ReceivedReport In(ReceivedReport report, double lat, double lon) => report with { Report = report.Report with { Places = [new Place { Lat = lat, Lon = lon }] } };
}
