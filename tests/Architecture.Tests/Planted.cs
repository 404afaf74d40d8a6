// One violation of each rule about compiled code, so that the tests can show that the rules see them.
namespace Monitoring.Planted.Rules
{
    internal sealed class KnowsTheDatabase
    {
        public object Value { get; } = new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder();
    }

    internal sealed class KnowsTheWebByInference
    {
        public static string Find(object context) => ((Microsoft.AspNetCore.Http.HttpContext)context).TraceIdentifier;
    }
}

namespace Monitoring.Planted.Alerts
{
    internal sealed class WritesSql
    {
        public static string Text => "select id from alerts";
    }

    public class IsOpen;

    public sealed class IsForAll;
}
