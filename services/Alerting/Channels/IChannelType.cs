using Monitoring.Alerting.Delivery;
using Monitoring.Contracts;

namespace Monitoring.Alerting.Channels;

/// <summary>What a channel is told.</summary>
internal sealed record Notification
{
    /// <summary><see cref="Ids.Notification"/>: the same over all attempts.</summary>
    public required Guid Id { get; init; }
    /// <summary>The kind of the alert's event, or <c>test</c>.</summary>
    public required string Event { get; init; }
    /// <summary>The alert as it was at the event.</summary>
    public required Alert Alert { get; init; }
    /// <summary>The alert's page on the dashboard.</summary>
    public required Uri Link { get; init; }
}

/// <summary>An HTTP POST that a channel wants made.</summary>
internal sealed record ChannelRequest(Uri Url, byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Of the body.</summary>
    public string ContentType { get; init; } = "application/json";
}

/// <summary>A kind of target: how it is spoken to, and how its answers are understood. One file each, and one line in <see cref="ChannelTypes.All"/>.</summary>
internal interface IChannelType
{
    /// <summary>What the API calls it.</summary>
    string Name { get; }

    /// <summary>For channels that say nothing of their own.</summary>
    int DefaultMaxInFlight { get; }

    /// <summary>Whether its requests are signed: a secret is then made where none is given.</summary>
    bool HasSecret { get; }

    /// <summary>The request for one attempt, made at <paramref name="now"/>.</summary>
    ChannelRequest Build(Channel channel, Notification notification, DateTimeOffset now);

    /// <summary>What an answer means; <paramref name="body"/> is its beginning.</summary>
    DeliveryOutcome Judge(int status, string body, TimeSpan? retryAfter);
}

/// <summary>The kinds of channels that there are.</summary>
internal static class ChannelTypes
{
    public static IReadOnlyList<IChannelType> All { get; } = [new SlackChannel(), new WebhookChannel()];

    public static IChannelType? Find(string? name) => All.FirstOrDefault(type => type.Name == name);
}
