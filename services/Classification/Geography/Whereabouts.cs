using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Geography;

/// <summary>The countries of a report, affected ones first, the places that its text names, and what speaks for each.</summary>
internal sealed record Whereabouts(IReadOnlyList<CountryFinding> Countries, IReadOnlyList<Place> Places, IReadOnlyList<Evidence> Evidence)
{
    private const int EvidenceOfOneCountry = 3;
    private const int PlacesAtMost = 20;

    /// <summary>A text says at its beginning whom it is about; who comes later without a part of his own is mentioned.</summary>
    private const int Lead = 500;

    /// <summary>What speaks for one country; the first role that words give stands.</summary>
    private sealed class Case
    {
        public CountryRole? Role { get; set; }
        /// <summary>Whether it is named otherwise than in passing.</summary>
        public bool IsInvolved { get; set; }
        public List<Evidence> Evidence { get; } = [];
    }

    /// <summary>
    /// What the feed says of the place stands: those countries are affected. Of the countries that the texts name, neighbouring words give
    /// the part; without such words a country of the title or of the text's beginning is affected, and one that comes later or in passing
    /// is only mentioned.
    /// </summary>
    public static Whereabouts Of(Report report, Tokens title, Tokens text, string? language, Gazetteer gazetteer)
    {
        var cases = new OrderedDictionary<string, Case>(StringComparer.Ordinal);
        foreach (var place in report.Places)
            if (place.Country is { } code) Tell(cases, code, "places", place.Name ?? code);
        foreach (var code in report.Hints?.Countries ?? []) Tell(cases, code, "hints", code);

        var places = new List<Place>();
        var (inTitle, inText) = gazetteer.Find(title, text, language);
        foreach (var mention in inTitle) Read(cases, places, mention, title, "title");
        foreach (var mention in inText) Read(cases, places, mention, text, "text");
        return new(
            [.. cases.Select(of => new CountryFinding(of.Key, of.Value.Role ?? (of.Value.IsInvolved ? CountryRole.Affected : CountryRole.Mentioned))).OrderBy(finding => finding.Role)],
            places,
            [.. cases.Values.SelectMany(of => of.Evidence)]);
    }

    private static void Tell(OrderedDictionary<string, Case> cases, string code, string field, string text)
    {
        var of = CaseOf(cases, code);
        of.Role ??= CountryRole.Affected;
        if (of.Evidence.Count < EvidenceOfOneCountry && !of.Evidence.Exists(known => known.Field == field && known.Text == text)) of.Evidence.Add(Because(code, field, 0, 0, text, 2));
    }

    private static void Read(OrderedDictionary<string, Case> cases, List<Place> places, Mention mention, Tokens tokens, string field)
    {
        if (mention.Place is { } place && places.Count < PlacesAtMost && !places.Contains(place)) places.Add(place);
        if (mention.Code is not { } code) return;
        var of = CaseOf(cases, code);
        var role = mention.First >= 0 ? Roles.Of(mention, tokens) : null;
        if (role != CountryRole.Mentioned) of.Role ??= role;
        of.IsInvolved |= role != CountryRole.Mentioned && (field == "title" || mention.Start < Lead);
        if (of.Evidence.Count < EvidenceOfOneCountry)
            of.Evidence.Add(Because(code, field, mention.Start, mention.Length, tokens.Text.Substring(mention.Start, mention.Length), 1));
    }

    private static Case CaseOf(OrderedDictionary<string, Case> cases, string code)
    {
        if (!cases.TryGetValue(code, out var of)) cases.Add(code, of = new Case());
        return of;
    }

    private static Evidence Because(string code, string field, int start, int length, string text, double weight) =>
        new() { For = $"country:{code}", Field = field, Start = start, Length = length, Text = text, Weight = weight };
}
