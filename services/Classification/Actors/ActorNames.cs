using System.Collections.Frozen;
using Monitoring.Classification.Language;
using Monitoring.World;

namespace Monitoring.Classification.Actors;

/// <summary>A name in a text and whom it names.</summary>
/// <param name="Actor">The group or organisation.</param>
/// <param name="First">Index of the first word.</param>
/// <param name="Words">Number of words.</param>
internal readonly record struct Naming(Actor Actor, int First, int Words);

/// <summary>
/// The names of groups and organisations: those of <c>actors.tsv</c>, which is built in, and those of a file of the user's in the same
/// form, which win. Whole words only, the longest name first.
/// </summary>
internal sealed class ActorNames
{
    private const int Reach = 3;

    private sealed record Name(Actor Actor, bool IsAcronym, bool IsCapitalised, bool NeedsCompany);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Trade =
        ("ransomware gang gangs group groups hackers hacker hacking malware threat actor actors apt operators affiliate affiliates extortion infostealer "
        + "stealer hacktivist hacktivists collective rebels rebel militants militant militia fighters fighter insurgents terrorists terrorist jihadists paramilitary separatists")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly PhraseTrie<Name> names = new();

    /// <summary>Reads the names that are built in, and the user's where there is a file of them.</summary>
    /// <exception cref="InvalidDataException">A line is not as it should be; the message names the file and the line.</exception>
    public static ActorNames Load(string? usersFile = null)
    {
        var all = new ActorNames();
        using (var builtIn = typeof(ActorNames).Assembly.GetManifestResourceStream("Monitoring.Classification.Actors.actors.tsv")
            ?? throw new InvalidOperationException("actors.tsv is not built in."))
            all.Read(builtIn, "actors.tsv");
        if (usersFile is null) return all;
        using var users = File.OpenRead(usersFile);
        all.Read(users, usersFile);
        return all;
    }

    /// <summary>The name that findings carry for any of a group's names; the same name where the group is not known.</summary>
    public string Canonical(string name) => names.Find(name)?.Actor.Name ?? name;

    /// <summary>The groups and organisations that a text names, in its order.</summary>
    public List<Naming> Find(Tokens tokens)
    {
        var found = new List<Naming>();
        var style = tokens.Style;
        for (var index = 0; index < tokens.Count;)
        {
            var words = names.Longest(tokens, index, out var name);
            if (words > 0 && Fits(name!, tokens, index, words, style))
            {
                found.Add(new Naming(name!.Actor, index, words));
                index += words;
            }
            else index++;
        }
        return found;
    }

    private void Read(Stream stream, string file)
    {
        using var reader = new StreamReader(stream);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var fields = line.Split('\t');
            if (fields is not [{ Length: > 0 } name, var kindName, ..] || fields.Length > 4)
                throw new InvalidDataException($"{file}, line {number}: expected a name, a kind, a country and other names between tabs.");
            if (!Enum.TryParse<ActorKind>(kindName, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
                throw new InvalidDataException($"{file}, line {number}: '{kindName}' is none of {string.Join(", ", Enum.GetNames<ActorKind>()).ToLowerInvariant()}.");
            var country = fields is [_, _, { Length: > 0 } code, ..] ? code : null;
            if (country is not null && !Countries.IsKnown(country)) throw new InvalidDataException($"{file}, line {number}: '{country}' is no code of ISO 3166-1 alpha-2.");
            string[] all = [name, .. fields is [_, _, _, var others] ? others.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : []];
            if (Array.Find(all, one => !one.Any(char.IsLetterOrDigit)) is { } empty) throw new InvalidDataException($"{file}, line {number}: '{empty}' is no name.");
            var actor = new Actor(name, kind, country);
            foreach (var one in all) Add(one, actor);
        }
    }

    private void Add(string name, Actor actor)
    {
        var needsCompany = name[0] == '?';
        if (needsCompany) name = name[1..];
        names.Set(name, new Name(actor, name.Length > 1 && name.All(character => char.IsUpper(character) || character == '.'), char.IsUpper(name[0]), needsCompany));
    }

    private static bool Fits(Name name, Tokens tokens, int index, int words, LetterCase style)
    {
        ref readonly var token = ref tokens[index];
        // Among capitals "WHO" may be a question.
        if (name.IsAcronym && (style == LetterCase.Upper || !token.IsAcronym(tokens.Text))) return false;
        if (name.IsCapitalised && !char.IsUpper(token.First(tokens.Text)) && (style != LetterCase.Lower || name.NeedsCompany)) return false;
        return !name.NeedsCompany || HasCompany(tokens, index, words);
    }

    private static bool HasCompany(Tokens tokens, int first, int words)
    {
        for (var index = Math.Max(0, first - Reach); index < Math.Min(tokens.Count, first + words + Reach); index++)
            if ((index < first || index >= first + words) && Trade.Contains(tokens.Word(index))) return true;
        return false;
    }
}
