using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Monitoring.ServiceDefaults.Storage;

/// <summary>Tells a server that is away, or a conflict that passes, from data that will never be accepted.</summary>
public static class TransientFaults
{
    private const int AttemptsAtConflict = 10;

    /// <summary>Connection faults, time-outs and SQLSTATE classes 08, 40, 53 and 57: worth retrying for as long as they last.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "57",
        NpgsqlException npgsql => npgsql.InnerException is null or IOException or SocketException or TimeoutException || npgsql.IsTransient,
        DbUpdateException { InnerException: { } inner } => IsTransient(inner),
        InvalidOperationException { InnerException: NpgsqlException inner } => IsTransient(inner),
        SocketException or TimeoutException or IOException => true,
        _ => false,
    };

    /// <summary>Two transactions met (deadlock, serialisation): the same work succeeds at once when repeated.</summary>
    public static bool IsConflict(Exception exception) => exception is PostgresException { SqlState: "40P01" or "40001" };

    /// <summary>Does a transaction's work, and does it again where it met another transaction; what it meets ten times over is thrown.</summary>
    /// <param name="work">The whole transaction, from its beginning to its commit.</param>
    /// <param name="isConflict">Whether a failure is one that passes when the work is repeated; without it, <see cref="IsConflict"/>.</param>
    public static async Task<T> RepeatAtConflictAsync<T>(Func<Task<T>> work, Func<Exception, bool>? isConflict = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (attempt < AttemptsAtConflict && (isConflict ?? IsConflict)(exception))
            {
                // Another transaction met this one; repeated, the same work succeeds.
            }
        }
    }
}
