namespace Monitoring.Integration.Tests.Webhooks;

/// <summary>What a webhook's target does with a request.</summary>
internal abstract record Reply
{
    /// <summary>An HTTP answer.</summary>
    public sealed record Status(int Code, params (string Name, string Value)[] Headers) : Reply;

    /// <summary>Says nothing and keeps the connection open until the target goes away.</summary>
    public sealed record Hang : Reply;

    /// <summary>Reads half of the request's body, then closes.</summary>
    public sealed record CloseWhileReading : Reply;

    /// <summary>Reads the request, answers half a status line, then closes.</summary>
    public sealed record CloseWhileAnswering : Reply;
}

/// <summary>A request that reached the target.</summary>
internal sealed record WebhookCall(string Id, DateTimeOffset At, IReadOnlyDictionary<string, string> Headers, string Body);
