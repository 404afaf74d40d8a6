using Npgsql;

namespace Monitoring.Alerting.Storage;

/// <summary>Rows as parallel arrays, one parameter a column, for <c>unnest</c>.</summary>
internal static class Columns
{
    /// <summary>Separates the elements of a list within a column of texts, since <c>unnest</c> would flatten lists of lists.</summary>
    private const char Separator = '\u001F';

    public static void AddColumn<TRow, T>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, T> select)
    {
        var values = new T[rows.Count];
        for (var index = 0; index < values.Length; index++) values[index] = select(rows[index]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }

    public static void AddValue<T>(this NpgsqlBatchCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    /// <summary>A list as one text, which <c>string_to_array(…, e'\x1f')</c> takes apart.</summary>
    public static string Joined(IEnumerable<string> elements) => string.Join(Separator, elements);

    public static string Joined(IEnumerable<Guid> elements) => string.Join(Separator, elements);
}
