using System.Text.Json.Serialization;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Corrections;

/// <summary>What of an incident an analyst can correct.</summary>
[JsonConverter(typeof(WireEnumConverter<CorrectedField>))]
internal enum CorrectedField { Domains, Severity, Countries }

/// <summary>
/// What analysts said of an incident, field by field: it outranks whatever reports and machine say, also those to come, until a later
/// correction says otherwise or lifts it. A field without a word is the machine's.
/// </summary>
internal sealed record AnalystsWord
{
    public static AnalystsWord None { get; } = new();

    public IReadOnlyList<Domain>? Domains { get; init; }
    public Severity? Severity { get; init; }
    public IReadOnlyList<CountryFinding>? Countries { get; init; }

    [JsonIgnore]
    public bool IsNone => Domains is null && Severity is null && Countries is null;

    /// <summary>The fields that analysts spoke of.</summary>
    [JsonIgnore]
    public IReadOnlyList<CorrectedField> Fields
    {
        get
        {
            var fields = new List<CorrectedField>();
            if (Domains is not null) fields.Add(CorrectedField.Domains);
            if (Severity is not null) fields.Add(CorrectedField.Severity);
            if (Countries is not null) fields.Add(CorrectedField.Countries);
            return fields;
        }
    }

    /// <summary>This word after a later correction.</summary>
    public AnalystsWord After(CorrectionChange change)
    {
        var said = change.NotAThreat ? change with { Domains = [], Severity = Contracts.Severity.Info } : change;
        return new()
        {
            Domains = said.Domains ?? Unless(CorrectedField.Domains, Domains),
            Severity = said.Severity ?? (change.Lift?.Contains(CorrectedField.Severity) == true ? null : Severity),
            Countries = said.Countries ?? Unless(CorrectedField.Countries, Countries),
        };

        IReadOnlyList<T>? Unless<T>(CorrectedField field, IReadOnlyList<T>? kept) => change.Lift?.Contains(field) == true ? null : kept;
    }

    /// <summary>What is left unsaid here, said by the word on an incident that becomes part of this one.</summary>
    public AnalystsWord Else(AnalystsWord other) =>
        new() { Domains = Domains ?? other.Domains, Severity = Severity ?? other.Severity, Countries = Countries ?? other.Countries };

    /// <summary>
    /// The incident with this word in place of the machine's. Probabilities and evidence stay what the machine found; of domains that an
    /// analyst named nothing is uncertain.
    /// </summary>
    public Incident Over(Incident incident) => IsNone ? incident : incident with
    {
        Domains = Domains ?? incident.Domains,
        Confidence = Domains is null ? incident.Confidence : 1,
        Severity = Severity ?? incident.Severity,
        Countries = Countries ?? incident.Countries,
        Members = Countries is null ? incident.Members : IncidentMaker.Members(Countries, DateOnly.FromDateTime(incident.FirstReportedAt.UtcDateTime)),
        Corrected = Wire<CorrectedField>.NamesOf(Fields),
    };
}
