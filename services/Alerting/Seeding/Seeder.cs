using Microsoft.EntityFrameworkCore;
using Monitoring.Alerting.Alerts;
using Monitoring.Alerting.Rules;
using Monitoring.Alerting.Storage;
using Monitoring.ServiceDefaults.Storage;

namespace Monitoring.Alerting.Seeding;

/// <summary>
/// Makes, once the database is there, what the configuration names, and the default rules at the very first start. What was applied is
/// remembered: only a part of the configuration that is new, or says something new, is applied, so that a channel that somebody changed or
/// deleted through the API stays as they left it.
/// </summary>
internal sealed partial class Seeder(IServiceScopeFactory scopes, Seeds seeds, ChannelStore channels, DatabaseReady ready, TimeProvider time, ILogger<Seeder> logger) : BackgroundService
{
    private const string Defaults = "default rules";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                await SeedAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (TransientFaults.IsTransient(exception))
            {
                LogWaiting(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AlertingDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockSeedsAsync(cancellationToken);
        var now = time.GetMoment();
        foreach (var seed in seeds.Channels)
        {
            if (await IsNewAsync(db, $"channel {seed.Name}", seed.Digest, now, cancellationToken)) await ApplyAsync(db, seed, now, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
        if (await IsNewAsync(db, Defaults, digest: "1", now, cancellationToken))
            db.Rules.AddRange(DefaultRules.All(now, seeds.Slack is null ? [] : [seeds.Slack.Id]).Select(rule => rule.ToRow()));
        foreach (var seed in seeds.Rules)
        {
            if (await IsNewAsync(db, $"rule {seed.Name}", seed.Digest, now, cancellationToken)) await ApplyAsync(db, seed, now, cancellationToken);
        }
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Whether this was not applied yet; it is noted as applied.</summary>
    private async Task<bool> IsNewAsync(AlertingDb db, string name, string digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var applied = await db.Seeds.FirstOrDefaultAsync(seed => seed.Name == name, cancellationToken);
        if (applied?.Digest == digest) return false;
        if (applied is null) db.Seeds.Add(new SeedRow { Name = name, Digest = digest, AppliedAt = now });
        else (applied.Digest, applied.AppliedAt) = (digest, now);
        LogApplied(name);
        return true;
    }

    private async Task ApplyAsync(AlertingDb db, ChannelSeed seed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await db.Channels.FirstOrDefaultAsync(channel => channel.Id == seed.Id || channel.Name == seed.Name, cancellationToken);
        if (row is not null)
        {
            channels.Take(row, seed.Body, now);
            return;
        }
        db.Channels.Add(channels.NewRow(seed.Id, seed.Body, now));
        if (seed == seeds.Slack) await TellByDefaultAsync(db, seed.Id, cancellationToken);
    }

    /// <summary>Slack may well be set up after the first start: the default rules that are still there tell it too.</summary>
    private static async Task TellByDefaultAsync(AlertingDb db, Guid slack, CancellationToken cancellationToken)
    {
        var defaults = DefaultRules.All(DateTimeOffset.UnixEpoch, []).Select(rule => rule.Id).ToArray();
        foreach (var row in await db.Rules.Where(rule => defaults.Contains(rule.Id)).ToListAsync(cancellationToken)) row.Channels = [.. row.Channels.Union([slack])];
    }

    private static async Task ApplyAsync(AlertingDb db, RuleSeed seed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = await db.Channels.Where(channel => seed.Channels.Contains(channel.Name)).ToListAsync(cancellationToken);
        if (seed.Channels.Except(told.Select(channel => channel.Name)).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"The configuration's rule '{seed.Name}' tells a channel '{unknown}', which there is not; seed it too, or name another.");
        var body = seed.Body with { Channels = [.. told.Select(channel => channel.Id)] };
        var row = await db.Rules.FirstOrDefaultAsync(rule => rule.Id == seed.Id || rule.Name == seed.Name, cancellationToken);
        if (row is null) db.Rules.Add(body.ToRule(seed.Id, createdAt: now, updatedAt: now).ToRow());
        else row.Take(body.ToRule(row.Id, row.CreatedAt, now));
    }

    [LoggerMessage(LogLevel.Warning, "Waiting to apply the configuration's channels and rules: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Information, "Applying the configuration's {Seed}")]
    private partial void LogApplied(string seed);
}
