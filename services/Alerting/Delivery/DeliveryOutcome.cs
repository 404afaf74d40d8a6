namespace Monitoring.Alerting.Delivery;

/// <summary>What one attempt came to.</summary>
/// <param name="Status">The HTTP status, where there was an answer.</param>
/// <param name="Reason">What went wrong.</param>
internal abstract record DeliveryOutcome(int? Status, string? Reason)
{
    /// <summary>The target took it.</summary>
    public sealed record Delivered(int Code) : DeliveryOutcome(Code, null);

    /// <summary>It may work later; <c>After</c> is what the target asked to wait.</summary>
    public sealed record Retry(int? Status, string Reason, TimeSpan? After = null) : DeliveryOutcome(Status, Reason);

    /// <summary>The target will never take this.</summary>
    public sealed record Refused(int? Status, string Reason) : DeliveryOutcome(Status, Reason);

    /// <summary>The target is gone for good: its channel is switched off.</summary>
    public sealed record Gone(int Code, string Reason) : DeliveryOutcome(Code, Reason);
}
