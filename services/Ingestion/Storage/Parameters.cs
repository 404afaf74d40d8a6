using Npgsql;
using NpgsqlTypes;

namespace Monitoring.Ingestion.Storage;

/// <summary>Positional parameters, in the order they are added.</summary>
internal static class Parameters
{
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Texts of which some may be null.</summary>
    public static NpgsqlBatchCommand WithTexts(this NpgsqlBatchCommand command, string?[] values)
    {
        command.Parameters.Add(Texts(values));
        return command;
    }

    /// <inheritdoc cref="WithTexts(NpgsqlBatchCommand, string[])"/>
    public static NpgsqlCommand WithTexts(this NpgsqlCommand command, string?[] values)
    {
        command.Parameters.Add(Texts(values));
        return command;
    }

    private static NpgsqlParameter Texts(string?[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
