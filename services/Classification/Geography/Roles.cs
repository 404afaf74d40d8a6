using System.Collections.Frozen;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>Tells a country's part in an event from the words beside its name: "hackers linked to X", "X-backed", "X strikes", "an attack on X", "in X".</summary>
internal static class Roles
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ForcesOf = Words(
        "backed linked aligned sponsored affiliated controlled directed hackers hacker hacking spies cyberattack cyberattacks espionage "
        + "army navy military forces troops soldiers commandos marines warplanes jets bombers fighters drones drone missiles missile rockets rocket "
        + "artillery tanks warship warships submarine submarines airstrike airstrikes strike strikes raid raids shelling bombing bombardment bombs "
        + "offensive invasion incursion attack attacks assault blockade occupation sanctions tariffs ban embargo threat threats agents operatives");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Acts = Words(
        "attacks attacked strikes struck bombs bombed shells shelled launches launched fires fired invades invaded seizes seized captures captured "
        + "threatens threatened imposes imposed bans banned deploys deployed kills killed targets targeted shoots intercepts intercepted downs raids "
        + "raided blockades annexes annexed occupies tests tested pounds pounded hacks hacked expels expelled vows warns sanctions cuts halts suspends "
        + "bars sends sent moves masses orders begins starts resumes");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Suffers = Words(
        "in on at against near across inside throughout around over hits hit strikes struck attacks attacked targets targeted targeting attacking "
        + "bombing shelling invading invades invaded threatens threatening pounds batters slams lashes rocks devastates ravages sanctions leaves toward "
        + "towards into outside off");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Accuses = Words("accuses accused blames blamed condemns denounces says said");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Accused = Words("accuses accused blames blamed accusing blaming by from");

    /// <summary>The part that the neighbouring words give, or <c>null</c> where they give none.</summary>
    public static CountryRole? Of(Mention mention, Tokens tokens)
    {
        var next = mention.First + mention.Words;
        var hasNext = next < tokens.Count && !tokens[next].Breaks;
        if (hasNext && (ForcesOf.Contains(tokens.Word(next)) || Acts.Contains(tokens.Word(next)))) return CountryRole.Actor;
        if (mention.First > 0 && !tokens[mention.First].Breaks)
        {
            var before = Before(mention.First, tokens);
            if (Suffers.Contains(before)) return CountryRole.Affected;
            if (Accused.Contains(before)) return CountryRole.Actor;
        }
        return hasNext && Accuses.Contains(tokens.Word(next)) ? CountryRole.Affected : null;
    }

    /// <summary>The word before a name, or the one before its article or direction ("in eastern X", "on the X").</summary>
    private static ReadOnlySpan<char> Before(int first, Tokens tokens)
    {
        var word = tokens.Word(first - 1);
        return first > 1 && !tokens[first - 1].Breaks && IsFiller(word) ? tokens.Word(first - 2) : word;
    }

    private static bool IsFiller(ReadOnlySpan<char> word) => Fillers.Contains(word);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fillers = Words(
        "the a an northern southern eastern western central north south east west northeast northwest southeast southwest northeastern northwestern "
        + "southeastern southwestern downtown rural");

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
