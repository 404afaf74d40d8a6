using Monitoring.Classification.Geography;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Actors;

/// <summary>The named groups and organisations of a report with their parts, and what speaks for each.</summary>
internal sealed record Who(IReadOnlyList<ActorFinding> Actors, IReadOnlyList<Evidence> Evidence)
{
    private const int EvidenceOfOneActor = 3;

    private sealed class Case(ActorRole otherwise)
    {
        public ActorRole? Role { get; set; }
        /// <summary>The part where no words give one.</summary>
        public ActorRole Otherwise { get; } = otherwise;
        public int Evidence { get; set; }
    }

    /// <summary>
    /// Whom the feed names acts. Of the others neighbouring words give the part, as they do for countries; without such words a group that
    /// is known for nothing but attacks acts, and an armed group or an organisation is mentioned.
    /// </summary>
    public static Who Of(Report report, Tokens title, Tokens text, ActorNames names)
    {
        var cases = new OrderedDictionary<string, Case>(StringComparer.Ordinal);
        var evidence = new List<Evidence>();
        foreach (var told in report.Hints?.Actors ?? [])
        {
            var name = names.Canonical(told);
            if (!cases.TryAdd(name, new Case(ActorRole.Actor) { Role = ActorRole.Actor, Evidence = 1 })) continue;
            evidence.Add(new Evidence { For = $"actor:{name}", Field = "hints", Start = 0, Length = 0, Text = told, Weight = 2 });
        }
        Read(cases, evidence, names, title, "title");
        Read(cases, evidence, names, text, "text");
        return new([.. cases.Select(of => new ActorFinding(of.Key, of.Value.Role ?? of.Value.Otherwise))], evidence);
    }

    private static void Read(OrderedDictionary<string, Case> cases, List<Evidence> evidence, ActorNames names, Tokens tokens, string field)
    {
        foreach (var naming in names.Find(tokens))
        {
            var (start, last) = (tokens[naming.First].Start, tokens[naming.First + naming.Words - 1]);
            var length = last.Start + last.Length - start;
            var name = naming.Actor.Name;
            if (!cases.TryGetValue(name, out var of)) cases.Add(name, of = new Case(naming.Actor.Kind is ActorKind.Armed or ActorKind.Organisation ? ActorRole.Mentioned : ActorRole.Actor));
            of.Role ??= PartOf(Roles.Of(new Mention(null, naming.First, naming.Words, start, length, NameKind.Group, null), tokens));
            if (of.Evidence++ >= EvidenceOfOneActor) continue;
            evidence.Add(new Evidence { For = $"actor:{name}", Field = field, Start = start, Length = length, Text = tokens.Text.Substring(start, length), Weight = 1 });
        }
    }

    private static ActorRole? PartOf(CountryRole? role) => role switch
    {
        CountryRole.Actor => ActorRole.Actor,
        CountryRole.Affected => ActorRole.Target,
        _ => null,
    };
}
