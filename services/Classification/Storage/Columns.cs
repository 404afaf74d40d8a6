using Npgsql;

namespace Monitoring.Classification.Storage;

/// <summary>Rows as the arrays that <c>unnest</c> takes, one a column.</summary>
internal static class Columns
{
    public static void AddColumn<TRow, T>(this NpgsqlCommand command, IReadOnlyList<TRow> rows, Func<TRow, T> select)
    {
        var values = new T[rows.Count];
        for (var index = 0; index < rows.Count; index++) values[index] = select(rows[index]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }

    public static Guid? GuidOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);
}
