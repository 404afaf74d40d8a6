using Monitoring.Classification.Actors;
using Monitoring.Classification.Language;
using Monitoring.Classification.Tests.Geography;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Actors;

public sealed class WhoTests
{
    private static readonly ActorNames BuiltIn = Known.Actors;

    [Theory]
    [InlineData("Fancy Bear breaches a ministry", "APT28:actor")]
    [InlineData("Forest Blizzard, also known as APT28, returns", "APT28:actor")]
    [InlineData("Cozy Bear and Sandworm share a server", "APT29:actor APT44:actor")]
    [InlineData("Hospital hit by Cl0p", "Clop:actor")]
    [InlineData("Police operation against LockBit", "LockBit:target")]
    [InlineData("Drones pound positions as army strikes Hezbollah", "Hezbollah:target")]
    [InlineData("al-Shabaab attacks a base", "Al-Shabaab:actor")]
    [InlineData("NATO ministers meet", "NATO:mentioned")]
    [InlineData("Tribunal of the ICC hears witnesses of Boko Haram", "International Criminal Court:mentioned Boko Haram:mentioned")]
    public void A_group_is_found_by_any_of_its_names_with_its_part(string title, string expected) => Assert.Equal(expected, Parts(Built.Report(title), BuiltIn));

    [Theory]
    [InlineData("Play ransomware gang lists a hospital", "Play ransomware:actor")]
    [InlineData("The Play affiliates and the Hive group return", "Play ransomware:actor Hive ransomware:actor")]
    [InlineData("The Play at the Royal Theatre opens to a bitter Quantum review", "")]
    [InlineData("ADF rebels burn a village", "Allied Democratic Forces:actor")]
    [InlineData("ADF recruits more pilots", "")]
    [InlineData("Bromine leak in plant", "")]
    [InlineData("Lazarus rises in strontium mine; Buckeye voters, Maze and Machete on sale", "")]
    [InlineData("Lazarus hackers drain exchange", "Lazarus Group:actor")]
    [InlineData("WHO warns of measles", "World Health Organization:actor")]
    [InlineData("Who warns of measles", "")]
    public void A_name_that_is_also_a_word_needs_a_word_of_the_trade_beside_it(string title, string expected) => Assert.Equal(expected, Parts(Built.Report(title), BuiltIn));

    [Fact]
    public void What_the_feed_calls_a_group_becomes_the_name_that_all_findings_carry()
    {
        var who = Of(Built.Report("Phishing wave", "Fancy Bear again.", new Hints { Actors = ["Pawn Storm", "A Local Crew"] }), BuiltIn);
        Assert.Equal(["APT28", "A Local Crew"], who.Actors.Select(actor => actor.Name));
        Assert.Equal(["actor:APT28 hints Pawn Storm 0", "actor:A Local Crew hints A Local Crew 0", "actor:APT28 text Fancy Bear 0"],
            who.Evidence.Select(evidence => $"{evidence.For} {evidence.Field} {evidence.Text} {evidence.Start}"));
    }

    [Fact]
    public void A_file_of_the_users_adds_groups_and_wins_over_what_is_built_in()
    {
        using var file = new TemporaryFile("# ours\nCopper Heron\tespionage\tEE\tGrey Marsh|?Marsh\nOur Akira\tcrime\t\tAkira gang\n");
        var names = ActorNames.Load(file.Path);
        Assert.Equal("Copper Heron:actor Our Akira:actor", Parts(Built.Report("Grey Marsh and the Akira gang strike"), names));
        Assert.Equal("APT28:actor", Parts(Built.Report("Fancy Bear strikes over the Marsh"), names));
    }

    [Theory]
    [InlineData("Copper Heron\n", "line 1: expected a name")]
    [InlineData("Copper Heron\tcrime\t\tGrey Marsh|?\n", "line 1: '?' is no name")]
    [InlineData("?\tcrime\n", "line 1: '?' is no name")]
    [InlineData("# ours\nCopper Heron\tbird\n", "line 2: 'bird' is none of espionage")]
    [InlineData("Copper Heron\tarmed\tQQ\n", "line 1: 'QQ' is no code")]
    public void A_users_file_that_is_not_as_it_should_be_says_where(string content, string problem)
    {
        using var file = new TemporaryFile(content);
        var exception = Assert.Throws<InvalidDataException>(() => ActorNames.Load(file.Path));
        Assert.Contains($"{file.Path}, {problem}", exception.Message, StringComparison.Ordinal);
    }

    private static Who Of(Report report, ActorNames names) => Who.Of(report, Tokens.Of(report.Title ?? ""), Tokens.Of(report.Text ?? ""), names);

    private static string Parts(Report report, ActorNames names) => string.Join(' ', Of(report, names).Actors.Select(actor => $"{actor.Name}:{Wire<ActorRole>.Name(actor.Role)}"));

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string content) => File.WriteAllText(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

        public void Dispose() => File.Delete(Path);
    }
}
