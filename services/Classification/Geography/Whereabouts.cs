using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>The countries of a report, affected ones first, each with what speaks for it.</summary>
internal sealed record Whereabouts(IReadOnlyList<CountryFinding> Countries, IReadOnlyList<Evidence> Evidence)
{
    private const int EvidenceOfOneCountry = 3;

    private sealed record Sign(string Code, CountryRole? Role, Evidence Evidence);

    /// <summary>
    /// What the feed says of the place stands: those countries are affected. Of the countries that the texts name, neighbouring words give
    /// the part; without such words a country is affected when it is the only one or in the title, and else only mentioned.
    /// </summary>
    public static Whereabouts Of(Report report, Tokens title, Tokens text, Gazetteer gazetteer)
    {
        var signs = new List<Sign>();
        signs.AddRange(report.Places.Where(place => place.Country is not null)
            .Select(place => Told(place.Country!, "places", place.Name ?? place.Country!)));
        signs.AddRange((report.Hints?.Countries ?? []).Select(code => Told(code, "hints", code)));
        signs.AddRange(gazetteer.Find(title).Select(mention => Read(mention, title, "title")));
        signs.AddRange(gazetteer.Find(text).Select(mention => Read(mention, text, "text")));

        var countries = signs.GroupBy(sign => sign.Code).ToList();
        return new(
            [.. countries.Select(group => new CountryFinding(group.Key, RoleOf(group, alone: countries.Count == 1))).OrderBy(finding => finding.Role)],
            [.. countries.SelectMany(group => group.Take(EvidenceOfOneCountry)).Select(sign => sign.Evidence)]);
    }

    private static CountryRole RoleOf(IEnumerable<Sign> signs, bool alone)
    {
        // Without a cue, only what a feed tells or a title names is taken for affected.
        foreach (var sign in signs) if (sign.Role is { } role) return role;
        return alone || signs.First().Evidence.Field == "title" ? CountryRole.Affected : CountryRole.Mentioned;
    }

    private static Sign Told(string code, string field, string text) => new(code, CountryRole.Affected, Because(code, field, 0, 0, text, 2));

    private static Sign Read(Mention mention, Tokens tokens, string field)
    {
        var (start, end) = (tokens[mention.First].Start, tokens[mention.First + mention.Words - 1]);
        var length = end.Start + end.Length - start;
        return new(mention.Code, Roles.Of(mention, tokens), Because(mention.Code, field, start, length, tokens.Text.Substring(start, length), 1));
    }

    private static Evidence Because(string code, string field, int start, int length, string text, double weight) =>
        new() { For = $"country:{code}", Field = field, Start = start, Length = length, Text = text, Weight = weight };
}
