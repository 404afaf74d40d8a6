using Monitoring.Alerting.Alerts;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Delivery;

/// <summary>A delivery that this copy of the service has for itself until <see cref="ClaimedUntil"/>.</summary>
internal sealed record ClaimedDelivery
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
    public required DateTimeOffset ClaimedUntil { get; init; }

    /// <summary>What a change has a channel told.</summary>
    public static ClaimedDelivery Of(AlertChange change, Guid channel, DateTimeOffset now) => new()
    {
        Id = Ids.Notification(change.After.View.Id, change.After.View.Version, channel),
        ChannelId = channel,
        Event = change.Event.Kind,
        Alert = change.After.View,
        Tries = 0,
        ExpiresAt = now + Backoff.GivenUpAfter,
        ClaimedUntil = now + Claim,
    };
}

/// <summary>One attempt that was made, and what it came to.</summary>
internal sealed record AttemptResult(ClaimedDelivery Delivery, string ChannelType, DateTimeOffset At, TimeSpan Duration, DeliveryOutcome Outcome);
