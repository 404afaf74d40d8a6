using System.Collections.Frozen;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Geography;

/// <summary>Common given names and surnames, which tell Jordan Smith and Jack London from places.</summary>
internal sealed class Persons
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> given;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> surnames;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> places;

    private Persons(ILookup<string, string> names) => (given, surnames, places) = (Set(names["given"]), Set(names["surname"]), Set(names["place"]));

    public static Persons Load() => new(Table.Lines("persons.tsv").SelectMany(fields => fields[1].Split(' ').Select(name => (Kind: fields[0], Name: name))).ToLookup(entry => entry.Kind, entry => entry.Name));

    public bool IsGivenName(Tokens tokens, int index) => given.Contains(tokens.Word(index)) && tokens[index].Full == tokens[index].Length;

    public bool IsSurname(Tokens tokens, int index) => surnames.Contains(tokens.Word(index));

    /// <summary>Whether people are called by this place's name.</summary>
    public bool IsGivenPlace(Tokens tokens, int index) => places.Contains(tokens.Word(index));

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(IEnumerable<string> names) =>
        names.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
