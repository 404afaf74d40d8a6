namespace Monitoring.Ingestion.Formats.Gdelt;

/// <summary>The root codes of CAMEO (Conflict and Mediation Event Observations, version 1.1b3).</summary>
internal static class Cameo
{
    public static string NameOf(string rootCode) => rootCode switch
    {
        "01" => "Public statement",
        "02" => "Appeal",
        "03" => "Intent to cooperate",
        "04" => "Consultation",
        "05" => "Diplomatic cooperation",
        "06" => "Material cooperation",
        "07" => "Aid",
        "08" => "Yielding",
        "09" => "Investigation",
        "10" => "Demand",
        "11" => "Disapproval",
        "12" => "Rejection",
        "13" => "Threat",
        "14" => "Protest",
        "15" => "Show of force",
        "16" => "Reduced relations",
        "17" => "Coercion",
        "18" => "Assault",
        "19" => "Fight",
        "20" => "Mass violence",
        _ => "Event",
    };
}
