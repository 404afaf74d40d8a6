namespace Monitoring.Alerting.Channels;

/// <summary>
/// A channel as it is posted or put: name, type and address are required, but for an address, and a secret, that a put leaves as they are.
/// A webhook that comes without a secret gets one.
/// </summary>
internal sealed record ChannelBody
{
    private const int NameLength = 200;
    private const int UrlLength = 2_000;
    private const int MaxInFlightAtMost = 256;

    public string? Name { get; init; }
    /// <summary><c>slack</c> or <c>webhook</c>.</summary>
    public string? Type { get; init; }
    public string? Url { get; init; }
    /// <summary><c>whsec_</c> and the base64 of 24 to 64 bytes; only for webhooks.</summary>
    public string? Secret { get; init; }
    public bool? Enabled { get; init; }
    /// <summary>How many notifications may be under way at once; webhooks 16 by default, Slack 2.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>What is wrong, by field.</summary>
    /// <param name="current">The type of the channel that this is put to, if any: it has an address already.</param>
    public Dictionary<string, string[]> Check(IChannelType? current)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > NameLength || Name.Any(char.IsControl)) errors["name"] = [$"expected 1 to {NameLength} characters"];
        var type = ChannelTypes.Find(Type);
        if (type is null) errors["type"] = [$"expected one of {string.Join(", ", ChannelTypes.All.Select(known => known.Name))}, found '{Type}'"];
        if (Url is null ? current is null || current.Name != Type : !IsAddress(Url)) errors["url"] = ["expected a web address (http or https) without user and password"];
        if (Secret is not null && type is not null)
        {
            if (!type.HasSecret) errors["secret"] = [$"a channel of the type {type.Name} has none; its address is the secret"];
            else if (!WebhookChannel.IsSecret(Secret)) errors["secret"] = ["expected 'whsec_' and the base64 of 24 to 64 bytes"];
        }
        if (MaxInFlight is < 1 or > MaxInFlightAtMost) errors["maxInFlight"] = [$"expected a number from 1 to {MaxInFlightAtMost}"];
        return errors;
    }

    private static bool IsAddress(string text) =>
        text.Length <= UrlLength && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Host.Length: > 0 };
}

/// <summary>
/// A channel as it is shown: of its address only the host. The secret is shown when it was just made or given; else <c>whsec_…</c> says
/// that there is one.
/// </summary>
internal sealed record ChannelView(
    Guid Id, string Name, string Type, string Url, string? Secret, bool Enabled, string? DisabledReason, int MaxInFlight, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ChannelView Of(Channel channel, bool showSecret = false) => new(
        channel.Id, channel.Name, channel.Type.Name, $"{channel.Url.Scheme}://{channel.Url.Authority}/…",
        channel.Secret is null || showSecret ? channel.Secret : "whsec_…",
        channel.Enabled, channel.DisabledReason, channel.MaxInFlight, channel.CreatedAt, channel.UpdatedAt);
}

/// <summary>What a test notification came to.</summary>
internal sealed record TestAnswer(bool Delivered, int? Status, string? Error, int DurationMs);
