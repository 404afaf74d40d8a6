using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Monitoring.ServiceDefaults.Protection;

/// <summary>Keeps data-protection keys in the service's own schema, where all its copies find them. Data protection asks synchronously.</summary>
internal sealed class DatabaseKeyRepository(NpgsqlDataSource dataSource, KeyWrapping wrapping, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = dataSource.CreateCommand("select xml from data_protection_keys order by created_at");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(wrapping.Check(XElement.Parse(reader.GetString(0))));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = dataSource.CreateCommand("insert into data_protection_keys (name, xml, created_at) values ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = friendlyName });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = element.ToString(SaveOptions.DisableFormatting) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.ExecuteNonQuery();
    }
}
