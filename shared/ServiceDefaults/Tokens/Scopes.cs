namespace Monitoring.ServiceDefaults.Tokens;

/// <summary>What an API token may do.</summary>
public static class Scopes
{
    public const string ReportsRead = "reports:read";
    public const string FeedsManage = "feeds:manage";
    public const string IncidentsRead = "incidents:read";
    public const string IncidentsCorrect = "incidents:correct";
    public const string AlertsRead = "alerts:read";
    public const string AlertsAct = "alerts:act";
    public const string ConfigurationManage = "configuration:manage";
    public const string AuditRead = "audit:read";

    public static IReadOnlyList<string> All { get; } =
        [ReportsRead, FeedsManage, IncidentsRead, IncidentsCorrect, AlertsRead, AlertsAct, ConfigurationManage, AuditRead];
}
