using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Monitoring.Contracts;

namespace Monitoring.Load.Traffic;

/// <summary>A whole intake request as bytes, in which only the reports' numbers change from one sending to the next.</summary>
internal sealed class RequestTemplate
{
    private const int Digits = 9;
    /// <summary>In its external id, and in its text: what differs in nothing but its id would be the same story.</summary>
    private const int NumbersOfReport = 2;
    private readonly byte[] bytes;
    private readonly int[] numbersAt;

    private RequestTemplate(byte[] bytes, int[] numbersAt) => (this.bytes, this.numbersAt) = (bytes, numbersAt);

    public ReadOnlyMemory<byte> Bytes => bytes;

    public int Reports => numbersAt.Length / NumbersOfReport;

    /// <summary>The external id of the report with this number.</summary>
    public static string ExternalId(string run, int number) => $"{run}-{number:D9}";

    /// <summary>One report, or an array where there are several.</summary>
    public static RequestTemplate Of(Uri server, string feedKey, string run, IReadOnlyList<Report> reports)
    {
        var items = string.Join(',', reports.Select(report => JsonSerializer.Serialize(report, ContractsJson.Default.Report)));
        var body = Encoding.UTF8.GetBytes(reports.Count == 1 ? items : $"[{items}]");
        var head = Encoding.ASCII.GetBytes(
            $"POST /v1/reports HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {feedKey}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        byte[] bytes = [.. head, .. body];

        var placeholder = Encoding.ASCII.GetBytes(ExternalId(run, 0));
        var numbersAt = new List<int>();
        for (var at = bytes.AsSpan().IndexOf(placeholder); at >= 0;)
        {
            numbersAt.Add(at + placeholder.Length - Digits);
            var following = bytes.AsSpan(at + placeholder.Length).IndexOf(placeholder);
            at = following < 0 ? -1 : at + placeholder.Length + following;
        }
        return new(bytes, [.. numbersAt]);
    }

    /// <summary>Writes consecutive numbers, from this one on, into the reports.</summary>
    public void Number(int first)
    {
        for (var i = 0; i < numbersAt.Length; i++)
            Utf8Formatter.TryFormat(first + i / NumbersOfReport, bytes.AsSpan(numbersAt[i], Digits), out _, new('D', Digits));
    }
}
