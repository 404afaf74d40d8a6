using System.Buffers;
using System.Collections.Frozen;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>
/// Tells a country's part in an event from the words beside its name: "hackers linked to X", "X-backed", "X strikes Y", "an attack on X",
/// "in X". An adjective, a government or a possessive before an attack names the attacker ("Russian strikes", "Kremlin raid"); the bare name of
/// a country or place names whom it befalls ("Gaza strikes kill 20"). Who is only the home of a company, the place of talks or where a report
/// was filed is mentioned.
/// </summary>
internal static class Roles
{
    /// <summary>Who is bound to a country, however its name is written.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Bound = Words("backed linked aligned sponsored affiliated controlled directed nexus speaking");

    /// <summary>What a country sends.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Forces = Words(
        "hackers hacker hacking spies spy espionage army navy military forces troops soldiers commandos marines warplanes warplane jets bombers drones drone "
        + "missiles missile rockets rocket artillery tanks warship warships submarine submarines threat threats agents operatives mercenaries intelligence "
        + "disinformation interference");

    /// <summary>What is done by the one that its adjective names, and to the one that its bare name stands before.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Deeds = Words(
        "cyberattack cyberattacks airstrike airstrikes strike strikes raid raids shelling bombing bombings bombardment bomb bombs offensive invasion incursion "
        + "attack attacks assault blast blasts explosion explosions blockade occupation sanctions tariffs ban embargo clash clashes militants insurgents rebels gunmen fighters militia "
        + "militias sabotage");

    /// <summary>Deeds that are also verbs: with an object after them, the bare name before them is who acts.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Doing = Words("strikes raids bombs attacks sanctions");

    /// <summary>The same in the plural, which headlines give teams and states: only with what is attacked after them, since "Iran attack fears" is no act.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DoingOfMany = Words("strike raid bomb attack");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Targets = Words(
        "tanker tankers ship ships vessel vessels boat boats freighter freighters warship warships convoy convoys base bases airbase airbases airfield airfields airport airports "
        + "port ports harbour harbor refinery refineries depot depots pipeline pipelines embassy consulate barracks outpost outposts checkpoint village villages town towns city cities");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OfTargets = Words("oil gas cargo container merchant naval military army air fuel foreign");

    /// <summary>What stands after a deed in the way of its object: the verb that it is the subject of, the noun that it belongs to.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> GoesOn = Words(
        "kill kills killed leave leaves left hit hits hurt injure injures injured wound wounds wounded cause causes caused force forces forced displace displaced "
        + "destroy destroyed damage damaged continue continues continued intensify resume resumed enter mount escalate spread rage erupt spark sparked trigger "
        + "triggered prompt drive threaten target targeted bite bit fail follow end ended stop stopped rise rose fell ease eased expire expired may might will could have "
        + "has had are is were was as after amid since before in from near and or that to package packages relief bill regime list round vote push wave "
        + "campaign plan case probe victims survivors suspects toll");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Acts = Words(
        "attacks attacked strikes struck bombs bombed shells shelled launches launched fires fired invades invaded seizes seized captures captured "
        + "threatens threatened imposes imposed bans banned deploys deployed kills killed targets targeted shoots shot intercepts intercepted downs downed raids "
        + "raided annexes annexed occupies occupied tests tested pounds pounded hacks hacked expels expelled vows vowed warns warned sanctions sanctioned "
        + "cuts halts halted suspends suspended bars barred sends sent moves masses orders ordered begins starts resumes detains detained arrests arrested "
        + "indicts charges extradites hits breaches breached steals stole jams jammed seize launch kill threaten impose invade shell deploy hack vow warn "
        + "detain arrest clashed");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Befalls = Words(
        "floods flood flooding quake earthquake tsunami hurricane typhoon cyclone tornado wildfires wildfire storm storms drought heatwave landslide landslides "
        + "eruption blackout outage outages civilians victims hospital hospitals grid evacuees refugees recession inflation unemployment hostages");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Suffers = Words(
        "on against hits hit strikes struck attacks attacked targets targeted targeting attacking bombing shelling invading invades invaded threatens "
        + "threatening pounds batters slams lashes rocks devastates ravages sanctions leaves disrupts disrupted dismantles dismantled");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Where = Words(
        "in at near across inside throughout around over toward towards into outside off");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Accuses = Words("accuses accused blames blamed condemns denounces says said");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Accused = Words("accuses accused blames blamed accusing blaming by");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Sent = Words(
        "attack attacks strike strikes raid raids cyberattack cyberattacks fire shelling missile missiles rocket rockets drone drones hacker hackers threat threats fired launched");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ties = Words("linked tied attributed traced allied loyal");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Bystanders = Words(
        "company firm vendor startup maker carmaker automaker chipmaker retailer lender brand author actor actress singer rapper player footballer athlete "
        + "newspaper magazine broadcaster outlet embassy restaurant cuisine dishes style");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Gatherings = Words(
        "talks meeting meetings summit conference negotiations meet met meets convene convenes gather gathered gathering visit speaking");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fillers = Words(
        "the a an northern southern eastern western central north south east west northeast northwest southeast southwest northeastern northwestern "
        + "southeastern southwestern downtown rural");

    private const int DatelineAtMost = 60;
    private const int ShortestCity = 4;
    private const int WordsOfRegion = 3;

    private static readonly SearchValues<char> NotOfDatelines = SearchValues.Create(":;?!\"“”|");

    /// <summary>The part that the neighbouring words give, or <c>null</c> where they give none.</summary>
    /// <param name="mention">The country's name in the text.</param>
    /// <param name="tokens">The text.</param>
    public static CountryRole? Of(Mention mention, Tokens tokens)
    {
        var next = mention.First + mention.Words;
        var hasNext = next < tokens.Count && !tokens[next].Breaks;
        var isPassive = next + 1 < tokens.Count && !tokens[next + 1].Breaks && tokens.Word(next + 1) is "by";
        if (hasNext && isPassive && Acts.Contains(tokens.Word(next))) return CountryRole.Affected;
        if (hasNext && Befalls.Contains(tokens.Word(next))) return CountryRole.Affected;
        if (hasNext && Bystanders.Contains(tokens.Word(next)) || IsDateline(mention, tokens)) return CountryRole.Mentioned;
        if (hasNext && !IsScene(mention, tokens) && OfForces(mention, tokens, next) is { } side) return side;
        if (mention.First > 0 && !tokens[mention.First].Breaks && BeforeOf(mention, tokens) is { } part) return part;
        if (!hasNext || !Accuses.Contains(tokens.Word(next))) return null;
        return mention.Kind is NameKind.Sign or NameKind.Group ? CountryRole.Actor : CountryRole.Affected;
    }

    /// <summary>What a name says by the forces, deeds and acts that follow it.</summary>
    private static CountryRole? OfForces(Mention mention, Tokens tokens, int next)
    {
        var word = tokens.Word(next);
        if (Bound.Contains(word)) return CountryRole.Actor;
        var deed = next + 1 < tokens.Count && !tokens[next + 1].Breaks && IsMeans(word) && Deeds.Contains(tokens.Word(next + 1)) ? next + 1 : next;
        if (!Deeds.Contains(tokens.Word(deed))) return Acts.Contains(word) || Forces.Contains(word) && (mention.Kind != NameKind.Place || IsOwner(mention, tokens)) ? CountryRole.Actor : null;
        if (IsOwner(mention, tokens)) return CountryRole.Actor;
        var after = deed + 1 < tokens.Count && !tokens[deed + 1].Breaks ? tokens.Word(deed + 1) : [];
        if (after is "on" or "against" or "of" || deed == next && !after.IsEmpty && Doing.Contains(word) && !GoesOn.Contains(after)) return CountryRole.Actor;
        return deed == next && DoingOfMany.Contains(word) && HasTarget(tokens, deed + 1) ? CountryRole.Actor : CountryRole.Affected;
    }

    /// <summary>"tanker", "oil tanker".</summary>
    private static bool HasTarget(Tokens tokens, int index)
    {
        if (index + 1 < tokens.Count && !tokens[index].Breaks && OfTargets.Contains(tokens.Word(index))) index++;
        return index < tokens.Count && !tokens[index].Breaks && Targets.Contains(tokens.Word(index));
    }

    /// <summary>"attack in Syria kills five": the name is the place of what came before, and what follows is no deed of its own.</summary>
    private static bool IsScene(Mention mention, Tokens tokens) =>
        mention.First > 0 && !tokens[mention.First].Breaks && Where.Contains(tokens.Word(mention.First - 1)) && !IsOwner(mention, tokens) && !Bound.Contains(tokens.Word(mention.First + mention.Words));

    /// <summary>"a drone attack", "a car bomb".</summary>
    private static bool IsMeans(ReadOnlySpan<char> word) => word is "drone" or "missile" or "rocket" or "air" or "car" or "truck" or "suicide" or "cyber" or "hacking" or "military" or "terror";

    /// <summary>"Russian", "Russia's", "Kremlin" and "US", unlike "Russia" and "Moscow".</summary>
    private static bool IsOwner(Mention mention, Tokens tokens)
    {
        ref readonly var last = ref tokens[mention.First + mention.Words - 1];
        return mention.Kind is NameKind.People or NameKind.Sign or NameKind.CommonSign or NameKind.Group || last.Full > last.Length
            || mention.Kind == NameKind.Country && mention.Words == 1 && tokens.Style == LetterCase.Mixed && last.IsAcronym(tokens.Text);
    }

    /// <summary>What the word before a name says, or the one before its article or direction ("in eastern X", "on the X").</summary>
    private static CountryRole? BeforeOf(Mention mention, Tokens tokens)
    {
        var index = mention.First - 1;
        if (index > 0 && !tokens[index].Breaks && Fillers.Contains(tokens.Word(index))) index--;
        var word = tokens.Word(index);
        var hasBefore = index > 0 && !tokens[index].Breaks;
        if (word is "to" or "with" && hasBefore && Ties.Contains(tokens.Word(index - 1))) return CountryRole.Actor;
        if (word is "in" or "at" && mention.Kind == NameKind.Place && hasBefore && Gatherings.Contains(tokens.Word(index - 1))) return CountryRole.Mentioned;
        if (Suffers.Contains(word) || mention.Kind != NameKind.Group && Where.Contains(word)) return CountryRole.Affected;
        return Accused.Contains(word) || word is "from" && hasBefore && Sent.Contains(tokens.Word(index - 1)) ? CountryRole.Actor : null;
    }

    /// <summary>
    /// "LONDON (Agency) -", "PERTH, Australia -": where a report was filed. A city in capitals, then at most a region, the agency and the day,
    /// each behind a comma or in brackets, and a dash.
    /// </summary>
    private static bool IsDateline(Mention mention, Tokens tokens)
    {
        if (mention.Start > DatelineAtMost || mention.Kind is not (NameKind.Place or NameKind.Country) || tokens.Style == LetterCase.Upper) return false;
        var opening = tokens.Text.AsSpan(0, Math.Min(tokens.Text.Length, DatelineAtMost + mention.Length));
        var end = opening.IndexOf(" -");
        if (end < 0) end = opening.IndexOfAny('–', '—');
        if (mention.Start >= end || opening[..end].ContainsAny(NotOfDatelines)) return false;
        var (city, part, isCity) = (0, 0, true);
        for (var index = 0; index < tokens.Count && tokens[index].Start < end; index++)
        {
            ref readonly var token = ref tokens[index];
            if (index > 0 && token.Breaks) (part, isCity) = (0, false);
            if (isCity && !token.IsAcronym(tokens.Text) || !char.IsUpper(token.First(tokens.Text)) && !char.IsDigit(token.First(tokens.Text)) || ++part > WordsOfRegion) return false;
            if (isCity) city += token.Length;
        }
        return city >= ShortestCity;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
