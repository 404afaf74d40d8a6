using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Monitoring.Alerting.Channels;
using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>Channels in the clear, and their rows with address and secret encrypted. A channel is decrypted once for each of its versions.</summary>
internal sealed partial class ChannelStore(NpgsqlDataSource dataSource, IDataProtectionProvider protection, TimeProvider time, ILogger<ChannelStore> logger)
{
    private readonly IDataProtector protector = protection.CreateProtector("channels");
    private readonly ConcurrentDictionary<(Guid Id, int Version), Channel> opened = new();
    private readonly ConcurrentDictionary<(Guid Id, int Version), bool> unreadable = new();

    // What waits for the channel is never sent; and rules tell it nothing any more.
    private const string Delete = """
        with deleted as (delete from channels where id = $1 returning id),
             rules_without as (update rules set channels = array_remove(channels, $1) where $1 = any(channels))
        update deliveries set state = 'failed', next_attempt_at = null, claimed_until = null, updated_at = $2,
            attempts = attempts || jsonb_build_array(jsonb_build_object('at', $2::timestamptz, 'error', 'the channel was deleted', 'durationMs', 0))
        where channel_id in (select id from deleted) and state = 'pending'
        """;

    /// <summary>A row for a new channel, whose body was checked.</summary>
    public ChannelRow NewRow(Guid id, ChannelBody body, DateTimeOffset now)
    {
        var type = ChannelTypes.Find(body.Type)!;
        return new ChannelRow
        {
            Id = id,
            Name = body.Name!.Trim(),
            Type = type.Name,
            Url = protector.Protect(body.Url!),
            Secret = type.HasSecret ? protector.Protect(body.Secret ?? WebhookChannel.NewSecret()) : null,
            Enabled = body.Enabled ?? true,
            MaxInFlight = body.MaxInFlight ?? type.DefaultMaxInFlight,
            Version = 1,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    /// <summary>Makes the row say what the body says, which was checked; an address or a secret that it does not name stays.</summary>
    public void Take(ChannelRow row, ChannelBody body, DateTimeOffset now)
    {
        var type = ChannelTypes.Find(body.Type)!;
        (row.Name, row.Type) = (body.Name!.Trim(), type.Name);
        if (body.Url is not null) row.Url = protector.Protect(body.Url);
        if (!type.HasSecret) row.Secret = null;
        else if (body.Secret is not null || row.Secret is null) row.Secret = protector.Protect(body.Secret ?? WebhookChannel.NewSecret());
        row.Enabled = body.Enabled ?? true;
        if (row.Enabled) row.DisabledReason = null;
        row.MaxInFlight = body.MaxInFlight ?? type.DefaultMaxInFlight;
        row.Version++;
        row.UpdatedAt = now;
    }

    /// <returns>Whether there was such a channel.</returns>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select exists (select from channels where id = $1)", connection);
        exists.Parameters.Add(new() { Value = id });
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true) return false;
        await using var delete = new NpgsqlCommand(Delete, connection);
        delete.Parameters.Add(new() { Value = id });
        delete.Parameters.Add(new() { Value = time.GetUtcNow() });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    /// <summary>All channels that can be read; the log tells of others.</summary>
    public async Task<IReadOnlyList<Channel>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "select id, name, type, url, secret, enabled, disabled_reason, max_in_flight, version, created_at, updated_at from channels");
        var channels = new List<Channel>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (TryOpen(Read(reader)) is { } channel) channels.Add(channel);
        }
        foreach (var old in opened.Keys.Except(channels.Select(channel => (channel.Id, channel.Version)))) opened.TryRemove(old, out _);
        return channels;
    }

    public Channel Open(ChannelRow row) => opened.GetOrAdd((row.Id, row.Version), _ => new Channel
    {
        Id = row.Id,
        Name = row.Name,
        Type = ChannelTypes.Find(row.Type) ?? throw new InvalidOperationException($"Channel {row.Id} is of the type '{row.Type}', which there is not."),
        Url = new Uri(protector.Unprotect(row.Url)),
        Secret = row.Secret is null ? null : protector.Unprotect(row.Secret),
        Enabled = row.Enabled,
        DisabledReason = row.DisabledReason,
        MaxInFlight = row.MaxInFlight,
        Version = row.Version,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    });

    private Channel? TryOpen(ChannelRow row)
    {
        try
        {
            return Open(row);
        }
        catch (Exception exception) when (exception is CryptographicException or InvalidOperationException)
        {
            if (unreadable.TryAdd((row.Id, row.Version), true)) LogUnreadable(exception, row.Name);
            return null;
        }
    }

    private static ChannelRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Name = reader.GetString(1),
        Type = reader.GetString(2),
        Url = reader.GetString(3),
        Secret = reader.IsDBNull(4) ? null : reader.GetString(4),
        Enabled = reader.GetBoolean(5),
        DisabledReason = reader.IsDBNull(6) ? null : reader.GetString(6),
        MaxInFlight = reader.GetInt32(7),
        Version = reader.GetInt32(8),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(9),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(10),
    };

    [LoggerMessage(LogLevel.Error, "The channel '{Channel}' cannot be decrypted, and is sent nothing; enter its address and secret anew")]
    private partial void LogUnreadable(Exception exception, string channel);
}
