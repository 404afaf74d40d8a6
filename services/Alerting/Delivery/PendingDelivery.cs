using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Delivery;

/// <summary>A notification that a channel has not had yet.</summary>
internal sealed record PendingDelivery
{
    /// <summary>How long a claim lasts: an attempt, and some time to wait for its turn.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(20);

    /// <summary><see cref="Ids.Notification"/>.</summary>
    public required Guid Id { get; init; }
    public required Guid ChannelId { get; init; }
    public required string Event { get; init; }
    /// <summary>The alert at the event.</summary>
    public required Alert Alert { get; init; }
    /// <summary>Attempts so far, since it was made or last redelivered.</summary>
    public required int Tries { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    /// <summary>Until then this copy of the service has it for itself; <c>null</c> where it is anybody's.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>What a change has a channel told, claimed by this copy from the start or not.</summary>
    public static PendingDelivery Of(AlertChange change, Guid channel, DateTimeOffset now, bool claimed) => new()
    {
        Id = Ids.Notification(change.After.View.Id, change.After.View.Version, channel),
        ChannelId = channel,
        Event = change.Event.Kind,
        Alert = change.After.View,
        Tries = 0,
        ExpiresAt = now + Backoff.GivenUpAfter,
        ClaimedUntil = claimed ? now + Claim : null,
    };
}

/// <summary>One attempt that was made, and what it came to.</summary>
internal sealed record AttemptResult(PendingDelivery Delivery, string ChannelType, DateTimeOffset At, TimeSpan Duration, DeliveryOutcome Outcome);
