using System.Security.Cryptography;
using System.Text;
using Monitoring.Contracts;
using Monitoring.Ingestion.Feeds;
using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Tests.Intake;

/// <summary>Items as the intake sees them.</summary>
internal static class Items
{
    public static readonly KnownFeed Feed = new(Guid.Parse("5a1f0000-0000-0000-0000-000000000001"), "demo", null, RateLimit: 0, IsEnabled: true);

    public static IntakeItem Item(string externalId, string content, string? key = null, int index = 0, KnownFeed? feed = null, byte[]? settled = null) => new()
    {
        Feed = feed ?? Feed,
        Id = Ids.Report((feed ?? Feed).Id, externalId),
        Report = new Report { ExternalId = externalId, Title = content },
        Digest = Digest(content),
        Raw = Encoding.UTF8.GetBytes(content),
        Format = "json",
        Index = index,
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Key = key is null ? null : new PostKey(key, settled),
    };

    public static byte[] Digest(string content) => SHA256.HashData(Encoding.UTF8.GetBytes(content));
}
