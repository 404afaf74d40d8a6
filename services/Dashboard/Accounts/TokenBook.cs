using Microsoft.EntityFrameworkCore;
using Monitoring.Contracts;
using Monitoring.Dashboard.Storage;
using Monitoring.ServiceDefaults.Outbox;
using Monitoring.ServiceDefaults.Tokens;
using Npgsql;

namespace Monitoring.Dashboard.Accounts;

/// <summary>A token that was issued; the token itself is kept nowhere.</summary>
internal sealed class TokenEntry
{
    /// <summary>The token's <c>jti</c>.</summary>
    public required string Id { get; init; }
    public required string Subject { get; init; }
    public required string[] Scopes { get; init; }
    public required string IssuedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Which API tokens were issued, and takes them back.</summary>
internal sealed class TokenBook(DashboardDb db, ApiTokens tokens, Outbox outbox, TimeProvider time)
{
    public async Task<IssuedToken> IssueAsync(string subject, IReadOnlyList<string> scopes, TimeSpan lifetime, string by, CancellationToken cancellationToken)
    {
        var issued = tokens.Issue(new TokenRequest { Subject = subject, Scopes = scopes, Lifetime = lifetime });
        db.Tokens.Add(new TokenEntry { Id = issued.Id, Subject = subject, Scopes = [.. scopes], IssuedBy = by, CreatedAt = time.GetUtcNow(), ExpiresAt = issued.ExpiresAt });
        await db.SaveChangesAsync(cancellationToken);
        return issued;
    }

    /// <summary>Revokes a token and tells all services, in one transaction. Revoking twice is as revoking once.</summary>
    /// <returns>Whether there is such a token.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Tokens.FirstOrDefaultAsync(token => token.Id == id, cancellationToken) is not { } entry) return false;
        if (entry.RevokedAt is not null) return true;
        entry.RevokedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        var message = new TokenRevoked { TokenId = id, ExpiresAt = entry.ExpiresAt };
        var staged = await outbox.StageAsync((NpgsqlConnection)db.Database.GetDbConnection(), message, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Committed(staged);
        return true;
    }
}
