using Monitoring.Contracts;

namespace Monitoring.Classification.Corrections;

/// <summary>What a correction changes; what it leaves out stays as it is.</summary>
internal sealed record CorrectionChange
{
    /// <summary>All domains of the incident; none of them where it is empty.</summary>
    public IReadOnlyList<Domain>? Domains { get; init; }
    public Severity? Severity { get; init; }
    /// <summary>All countries of the incident, with their roles.</summary>
    public IReadOnlyList<CountryFinding>? Countries { get; init; }
    /// <summary>Of no domain, and nothing but information.</summary>
    public bool NotAThreat { get; init; }
    /// <summary>Incidents that are the same event: their reports move here.</summary>
    public IReadOnlyList<Guid>? MergeWith { get; init; }
    /// <summary>Reports of another event: they move to an incident of their own.</summary>
    public IReadOnlyList<Guid>? Split { get; init; }
    /// <summary>Fields that are the machine's again.</summary>
    public IReadOnlyList<CorrectedField>? Lift { get; init; }
}

/// <summary>A correction on its way: what an analyst wants of which version of an incident.</summary>
/// <param name="Id">The same when the same request is sent again under its key.</param>
/// <param name="IncidentId">The incident that it was posted to.</param>
/// <param name="Change">What is to change.</param>
/// <param name="By">Who asks for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">The version that the analyst saw, where it matters.</param>
internal sealed record CorrectionRequest(Guid Id, Guid IncidentId, CorrectionChange Change, string By, string Reason, int? Version);

/// <summary>A correction as it is kept and shown.</summary>
internal sealed record Correction
{
    public required Guid Id { get; init; }
    public required Guid IncidentId { get; init; }
    /// <summary>The version of the incident that it made.</summary>
    public required int Version { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
    public required CorrectionChange Change { get; init; }
    /// <summary>What the incident was before.</summary>
    public required CorrectedState Before { get; init; }
    /// <summary>The incidents whose versions it made, by their ids: the corrected one, those merged into it, those split from it.</summary>
    public required IReadOnlyList<Guid> Incidents { get; init; }
}

/// <summary>What of an incident can be corrected, and the version of the model that said so.</summary>
internal sealed record CorrectedState(IReadOnlyList<Domain> Domains, Severity Severity, IReadOnlyList<CountryFinding> Countries, string Model)
{
    public static CorrectedState Of(Incident incident) => new(incident.Domains, incident.Severity, incident.Countries, incident.Model);
}

/// <summary>A correction and the incidents as they now are.</summary>
internal sealed record CorrectionAnswer(Correction Correction, IReadOnlyList<Incident> Incidents);

/// <summary>What became of a request to correct.</summary>
internal abstract record CorrectionOutcome
{
    public sealed record Done(CorrectionAnswer Answer) : CorrectionOutcome;

    /// <summary>There is no such incident.</summary>
    public sealed record Missing : CorrectionOutcome;

    /// <summary>The incident is at another version than the analyst saw.</summary>
    public sealed record Stale(int Version) : CorrectionOutcome;

    /// <summary>The incident is in no state for it.</summary>
    public sealed record Refused(string Reason) : CorrectionOutcome;

    /// <summary>What the request names is not there, by field.</summary>
    public sealed record Invalid(IDictionary<string, string[]> Errors) : CorrectionOutcome;

    /// <summary>Its key was used for another correction.</summary>
    public sealed record KeyReused : CorrectionOutcome;
}
