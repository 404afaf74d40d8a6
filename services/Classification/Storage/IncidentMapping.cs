using System.Text.Json;
using System.Text.Json.Serialization;
using Monitoring.Classification.Corrections;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Storage;

/// <summary>What of an incident is shown but not searched by.</summary>
internal sealed record IncidentDetails(
    IReadOnlyDictionary<Domain, double> Probabilities,
    IReadOnlyList<CountryFinding> Countries,
    IReadOnlyList<ActorFinding> Actors,
    IReadOnlyList<Place> Places,
    IReadOnlyList<MemberFinding> Members,
    IReadOnlyList<Evidence> Evidence,
    string? Language,
    string Model);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IncidentDetails))]
[JsonSerializable(typeof(ToldReport))]
internal sealed partial class IncidentJson : JsonSerializerContext;

/// <summary>Between the row and the incident that others see.</summary>
internal static class IncidentMapping
{
    public static Incident ToIncident(this IncidentRow row, IReadOnlyList<IncidentReport>? reports = null)
    {
        var details = JsonSerializer.Deserialize(row.Details, IncidentJson.Default.IncidentDetails)!;
        return new Incident
        {
            Id = row.Id,
            Version = row.Version,
            State = Wire<IncidentState>.Parse(row.State),
            MergedInto = row.MergedInto,
            Title = row.Title,
            Summary = row.Summary,
            Domains = [.. row.Domains.Select(Wire<Domain>.Parse)],
            Probabilities = details.Probabilities,
            Severity = Wire<Severity>.Parse(row.Severity),
            Confidence = row.Confidence,
            Countries = details.Countries,
            Actors = details.Actors,
            Language = details.Language,
            Model = details.Model,
            Evidence = details.Evidence,
            Places = details.Places,
            Members = details.Members,
            Status = Wire<ReportStatus>.Parse(row.Status),
            Marking = new Marking { Tlp = Wire<Tlp>.Parse(row.Tlp), ReleasableTo = row.ReleasableTo },
            FirstReportedAt = row.FirstReportedAt,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            ExpiresAt = row.ExpiresAt,
            Credibility = row.Credibility,
            Corrected = row.Corrected is null ? null : Wire<CorrectedField>.NamesOf(WordOf(row.Corrected).Fields),
            ReportCount = row.ReportCount,
            Reports = reports,
            TraceId = row.TraceId,
        };
    }

    /// <summary>The analysts' word in its column.</summary>
    public static AnalystsWord WordOf(string? corrected) =>
        corrected is null ? AnalystsWord.None : JsonSerializer.Deserialize(corrected, CorrectionJson.Default.AnalystsWord)!;

    /// <summary>What others are told of new versions: not why, which is read where it is asked for.</summary>
    public static IncidentsChanged ToMessage(IEnumerable<Incident> incidents) => new() { Incidents = [.. incidents.Select(incident => incident with { Evidence = null })] };

    public static IncidentRow ToRow(this Incident incident) => new()
    {
        Id = incident.Id,
        Version = incident.Version,
        State = Wire<IncidentState>.Name(incident.State),
        MergedInto = incident.MergedInto,
        Title = incident.Title,
        Summary = incident.Summary,
        Domains = Wire<Domain>.NamesOf(incident.Domains),
        Severity = Wire<Severity>.Name(incident.Severity),
        Confidence = incident.Confidence,
        Countries = [.. incident.Countries.Select(country => country.Code).Distinct()],
        Alliances = [.. incident.Members.SelectMany(member => member.Alliances).Distinct()],
        Status = Wire<ReportStatus>.Name(incident.Status),
        Tlp = Wire<Tlp>.Name(incident.Marking.Tlp),
        ReleasableTo = incident.Marking.ReleasableTo is { } releasable ? [.. releasable] : null,
        FirstReportedAt = incident.FirstReportedAt,
        CreatedAt = incident.CreatedAt,
        UpdatedAt = incident.UpdatedAt,
        ExpiresAt = incident.ExpiresAt,
        Credibility = incident.Credibility,
        ReportCount = incident.ReportCount,
        TraceId = incident.TraceId,
        Details = JsonSerializer.Serialize(
            new IncidentDetails(incident.Probabilities, incident.Countries, incident.Actors, incident.Places, incident.Members, incident.Evidence ?? [], incident.Language, incident.Model),
            IncidentJson.Default.IncidentDetails),
    };
}
