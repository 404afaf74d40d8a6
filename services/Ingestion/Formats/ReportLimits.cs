namespace Monitoring.Ingestion.Formats;

/// <summary>How much a report may hold; texts are counted in UTF-16 code units.</summary>
internal static class ReportLimits
{
    public const int ExternalId = 512;
    public const int Title = 1_000;
    public const int Text = 100_000;
    public const int Url = 2_048;
    public const int Language = 35;
    public const int References = 1_000;
    public const int Places = 100;
    public const int PlaceName = 500;
    public const int Countries = 250;
    public const int Actors = 100;
    public const int ActorName = 500;
    public const int ReleasableTo = 250;
    public const int Audience = 100;
    public const int Attributes = 100;
    public const int AttributeName = 200;
    public const int AttributeValue = 10_000;
}
