using Monitoring.ServiceDefaults.Storage;
using Npgsql;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class TransientFaultsTests
{
    [Theory]
    [InlineData("08006", true)]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("53300", true)]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("22021", false)]
    [InlineData("23505", false)]
    [InlineData("42P01", false)]
    public void The_class_of_the_sql_state_decides_whether_to_wait(string sqlState, bool transient) =>
        Assert.Equal(transient, TransientFaults.IsTransient(SqlFault(sqlState)));

    [Fact]
    public void A_broken_connection_is_waited_for_and_a_defect_is_not()
    {
        Assert.True(TransientFaults.IsTransient(new NpgsqlException("Exception while reading from stream", new EndOfStreamException())));
        Assert.True(TransientFaults.IsTransient(new NpgsqlException("The operation has timed out", new TimeoutException())));
        Assert.False(TransientFaults.IsTransient(new NullReferenceException()));
        Assert.False(TransientFaults.IsTransient(new InvalidOperationException("A defect.")));
    }

    [Fact]
    public async Task Work_that_met_another_transaction_is_repeated_until_it_succeeds()
    {
        var attempts = 0;
        Assert.Equal(3, await TransientFaults.RepeatAtConflictAsync(() => ++attempts < 3 ? throw SqlFault("40001") : Task.FromResult(attempts)));
    }

    [Fact]
    public async Task Work_is_not_repeated_for_ever_nor_at_any_other_fault()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<PostgresException>(() => TransientFaults.RepeatAtConflictAsync(() => Fail("40P01")));
        Assert.Equal(10, attempts);
        await Assert.ThrowsAsync<PostgresException>(() => TransientFaults.RepeatAtConflictAsync(() => Fail("23505")));
        Assert.Equal(11, attempts);

        Task<int> Fail(string sqlState)
        {
            attempts++;
            throw SqlFault(sqlState);
        }
    }

    private static PostgresException SqlFault(string sqlState) => new("", "ERROR", "ERROR", sqlState);
}
