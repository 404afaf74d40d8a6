using Monitoring.Contracts;

namespace Monitoring.Classification.Corrections;

/// <summary>A country of a corrected incident; without a role it is affected.</summary>
internal sealed record CountryBody(string? Code, string? Role);

/// <summary>A correction as it is posted: a reason, and at least one change.</summary>
internal sealed record CorrectionBody
{
    private const int ReasonAtMost = 2_000;
    private const int CountriesAtMost = 50;
    private const int MergedAtMost = 100;
    private const int SplitAtMost = 1_000;

    /// <summary>The version of the incident that the analyst saw; another one is refused.</summary>
    public int? Version { get; init; }
    /// <summary>All domains of the incident; an empty list: none of them.</summary>
    public IReadOnlyList<string>? Domains { get; init; }
    public string? Severity { get; init; }
    /// <summary>All countries of the incident; an empty list: none.</summary>
    public IReadOnlyList<CountryBody>? Countries { get; init; }
    /// <summary>Ids of incidents that are the same event.</summary>
    public IReadOnlyList<Guid>? MergeWith { get; init; }
    /// <summary>Ids of reports of this incident that are of another event.</summary>
    public IReadOnlyList<Guid>? Split { get; init; }
    /// <summary><c>true</c>: of no domain, and nothing but information.</summary>
    public bool? NotAThreat { get; init; }
    /// <summary>Fields that the machine may judge again: <c>domains</c>, <c>severity</c>, <c>countries</c>.</summary>
    public IReadOnlyList<string>? Lift { get; init; }
    public string? Reason { get; init; }

    /// <summary>What is wrong, by field.</summary>
    /// <param name="incident">The incident that it is about.</param>
    public Dictionary<string, string[]> Check(Guid incident)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Length > ReasonAtMost) errors["reason"] = [$"expected 1 to {ReasonAtMost} characters that say why"];
        else if (Reason.Contains('\0')) errors["reason"] = ["has a character U+0000"];
        if (Version < 1) errors["version"] = [$"expected a version of the incident, found {Version}"];
        if (Domains is null && Severity is null && Countries is null && MergeWith is null && Split is null && NotAThreat is null && Lift is null)
            errors[""] = ["expected a change: domains, severity, countries, mergeWith, split, notAThreat or lift"];
        CheckFields(errors);
        CheckMoves(incident, errors);
        return errors;
    }

    /// <summary>The change, once it was checked.</summary>
    public CorrectionChange ToChange() => new()
    {
        Domains = Domains is null ? null : [.. Domains.Select(Wire<Domain>.Parse).Distinct().Order()],
        Severity = Severity is null ? null : Wire<Severity>.Parse(Severity),
        Countries = Countries is null ? null : [.. Countries.Select(country => new CountryFinding(country.Code!.ToUpperInvariant(), Wire<CountryRole>.Parse(RoleOf(country))))],
        NotAThreat = NotAThreat == true,
        MergeWith = MergeWith is null ? null : [.. MergeWith.Distinct().Order()],
        Split = Split is null ? null : [.. Split.Distinct().Order()],
        Lift = Lift is null ? null : [.. Lift.Select(Wire<CorrectedField>.Parse).Distinct().Order()],
    };

    private void CheckFields(Dictionary<string, string[]> errors)
    {
        CheckNames<Domain>("domains", Domains, errors);
        if (Severity is not null && !Wire<Severity>.TryParse(Severity, out _)) errors["severity"] = [$"expected one of {Wire<Severity>.Expected}, found '{Severity}'"];
        CheckNames<CorrectedField>("lift", Lift, errors);
        if (Lift is []) errors["lift"] = ["expected at least one field"];
        if (Lift?.FirstOrDefault(Corrects) is { } both) errors["lift"] = [$"'{both}' is corrected and lifted at once"];
        if (NotAThreat == false) errors["notAThreat"] = ["expected true; to take it back, correct or lift domains and severity"];
        if (NotAThreat == true && (Domains is not null || Severity is not null)) errors["notAThreat"] = ["says already what domains and severity are"];
        if (Countries?.Count > CountriesAtMost) errors["countries"] = [$"expected at most {CountriesAtMost} countries"];
        else if (Countries is not null) CheckCountries(Countries, errors);
    }

    private static void CheckNames<T>(string field, IReadOnlyList<string>? names, Dictionary<string, string[]> errors) where T : struct, Enum
    {
        for (var index = 0; index < names?.Count; index++)
            if (!Wire<T>.TryParse(names[index], out _)) errors[field] = [$"expected some of {Wire<T>.Expected}, found '{names[index]}'"];
    }

    private static void CheckCountries(IReadOnlyList<CountryBody> countries, Dictionary<string, string[]> errors)
    {
        for (var index = 0; index < countries.Count; index++)
        {
            if (countries[index] is not { Code: { } code } country || !World.Countries.IsKnown(code.ToUpperInvariant()))
                errors[$"countries[{index}].code"] = [$"expected a code of ISO 3166-1 alpha-2, found '{countries[index]?.Code}'"];
            else if (!Wire<CountryRole>.TryParse(RoleOf(country), out _))
                errors[$"countries[{index}].role"] = [$"expected one of {Wire<CountryRole>.Expected}, found '{country.Role}'"];
            else if (countries.Take(index).Any(other => code.Equals(other?.Code, StringComparison.OrdinalIgnoreCase)))
                errors[$"countries[{index}].code"] = [$"'{code}' is there twice"];
        }
    }

    private void CheckMoves(Guid incident, Dictionary<string, string[]> errors)
    {
        if (MergeWith is { Count: 0 or > MergedAtMost }) errors["mergeWith"] = [$"expected 1 to {MergedAtMost} ids of incidents"];
        else if (MergeWith?.Contains(incident) == true) errors["mergeWith"] = ["an incident cannot be merged with itself"];
        if (Split is { Count: 0 or > SplitAtMost })
            errors["split"] = [$"expected 1 to {SplitAtMost} ids of reports, found {Split.Count}; more of them are split by several corrections, whose incidents can then be merged"];
        else if (Split is not null && MergeWith is not null) errors["split"] = ["a correction merges or splits, not both"];
    }

    private bool Corrects(string field) => field switch
    {
        "domains" => Domains is not null || NotAThreat == true,
        "severity" => Severity is not null || NotAThreat == true,
        _ => Countries is not null,
    };

    private static string RoleOf(CountryBody country) => country.Role ?? Wire<CountryRole>.Name(CountryRole.Affected);
}
