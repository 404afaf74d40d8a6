using Monitoring.Classification.Stories;

namespace Monitoring.Classification.Tests.Stories;

public sealed class KeyIndexTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromHours(96);
    private readonly KeyIndex index = new();

    [Fact]
    public void What_shares_the_most_comes_first_and_what_shares_nothing_not_at_all()
    {
        var (near, far) = (Add([1, 2, 3, 4, 5]), Add([1, 2, 90, 91, 92]));
        Add([80, 81, 82, 83, 84]);
        var found = index.Find(Sought([1, 2, 3, 4, 5]), Window);
        Assert.Equal([near, far], found.Select(hit => hit.Report));
        Assert.True(found[0].Weight > found[1].Weight);
    }

    [Fact]
    public void Nothing_is_found_by_itself_and_two_revisions_are_one_report()
    {
        var sought = Sought([1, 2, 3]);
        Add([1, 2, 3], report: sought.Id);
        Assert.Empty(index.Find(sought, Window));
        Assert.Single(index.Find(Sought([1, 2, 3]), Window));
        Add([1, 2], report: sought.Id);
        Assert.Equal(sought.Id, Assert.Single(index.Find(Sought([1, 2, 3]), Window)).Report);
    }

    [Fact]
    public void Of_what_everybody_tells_those_told_last_are_found_in_whatever_order_they_came()
    {
        var told = Enumerable.Range(0, 50).Select(minute => (Report: Guid.NewGuid(), Minute: minute)).ToList();
        foreach (var (report, minute) in told.OrderBy(item => item.Minute * 17 % 50)) Add([7], minutes: minute, report: report);
        var found = index.Find(Sought([7]), Window);
        Assert.Equal(Joining.ReportsAtMost, found.Count);
        Assert.Subset(told.TakeLast(Joining.ReportsOfKeyAtMost).Select(item => item.Report).ToHashSet(), found.Select(hit => hit.Report).ToHashSet());
    }

    [Fact]
    public void What_was_told_too_far_away_in_time_is_not_found()
    {
        Add([1, 2, 3], minutes: -97 * 60);
        Add([1, 2, 3], minutes: 97 * 60);
        Assert.Empty(index.Find(Sought([1, 2, 3]), Window));
    }

    [Fact]
    public void A_minute_in_which_too_many_were_told_says_nothing()
    {
        for (var count = 1; count < Joining.ReportsOfKeyAtMost; count++) Add([], minutes: 5);
        Assert.NotEmpty(index.Find(Sought([], minutes: 5), Window));
        Add([], minutes: 5);
        Assert.Empty(index.Find(Sought([], minutes: 5), Window));
    }

    [Fact]
    public void What_is_forgotten_is_found_no_more_and_makes_room()
    {
        var first = Add([1, 2, 3]);
        var second = Add([1, 2, 3], minutes: 10);
        index.Forget(Start.AddMinutes(5));
        Assert.Equal(1, index.Count);
        Assert.DoesNotContain(first, index.Find(Sought([1, 2, 3]), Window).Select(hit => hit.Report));
        // Others take its slots, and the rest stays where it is found.
        for (var number = 0; number < 20_000; number++) Add([number + 1_000, number + 2_000]);
        Assert.Contains(second, index.Find(Sought([1, 2, 3]), Window).Select(hit => hit.Report));
    }

    [Fact]
    public void However_many_there_are_and_however_they_come_and_go_each_is_found_by_its_own_words()
    {
        var random = new Random(4);
        var reports = new List<(Guid Report, int[] Words, int Minute)>();
        for (var minute = 0; minute < 30_000; minute++)
        {
            var words = Enumerable.Range(0, 4).Select(_ => random.Next()).ToArray();
            reports.Add((Add(words, minutes: minute), words, minute));
            if (minute % 1_000 == 0) index.Forget(Start.AddMinutes(minute - 10_000));
        }
        index.Forget(Start.AddMinutes(20_000));
        Assert.Equal(10_000, index.Count);
        foreach (var (report, words, minute) in reports.Where(report => report.Minute % 7 == 0))
        {
            var found = index.Find(Sought(words, minutes: minute), TimeSpan.FromDays(30));
            if (minute >= 20_000) Assert.Equal(report, found[0].Report);
            else Assert.DoesNotContain(report, found.Select(hit => hit.Report));
        }
    }

    private Guid Add(int[] words, int minutes = 0, Guid? report = null)
    {
        var told = Sought(words, minutes);
        var id = report ?? told.Id;
        index.Add(id, told.Signature.ToldAt, Start.AddMinutes(minutes), [.. told.Keys.Where(key => key.IsKept).Select(key => key.Hash)]);
        return id;
    }

    /// <summary>A report of these words, told at some minutes after the start, to the minute where there are no words.</summary>
    private static JoiningReport Sought(int[] words, int minutes = 0) => new(Guid.NewGuid(), Guid.NewGuid(), new Signature
    {
        Words = [.. words.Select(word => new WeighedWord(word, 40, IsName: false, IsNumber: false))], Identifiers = [], Happenings = 0, Domains = 0, Countries = [],
        ToldAt = Start.AddMinutes(minutes).ToUnixTimeSeconds(), HasPublished = words.Length == 0, FeedId = Guid.NewGuid(), Url = 0, Identity = 0,
    });
}
