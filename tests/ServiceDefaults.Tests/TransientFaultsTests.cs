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
        Assert.Equal(transient, TransientFaults.IsTransient(new PostgresException("", "ERROR", "ERROR", sqlState)));

    [Fact]
    public void A_broken_connection_is_waited_for_and_a_defect_is_not()
    {
        Assert.True(TransientFaults.IsTransient(new NpgsqlException("Exception while reading from stream", new EndOfStreamException())));
        Assert.True(TransientFaults.IsTransient(new NpgsqlException("The operation has timed out", new TimeoutException())));
        Assert.False(TransientFaults.IsTransient(new NullReferenceException()));
        Assert.False(TransientFaults.IsTransient(new InvalidOperationException("A defect.")));
    }
}
