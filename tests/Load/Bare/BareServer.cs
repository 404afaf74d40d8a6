using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Monitoring.Contracts;

namespace Monitoring.Load.Bare;

/// <summary>
/// A server that reads and validates reports, answers like the intake, and keeps nothing: the yardstick for what the intake adds. It runs
/// in a process of its own, as the intake does, and ends with its standard input.
/// </summary>
internal static class BareServer
{
    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(AcceptAsync);
        await app.StartAsync();
        Console.Out.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAtLeastAsync((int)(context.Request.ContentLength ?? 1));
        var reader = new Utf8JsonReader(read.Buffer);
        var ids = Validate(ref reader);
        body.AdvanceTo(read.Buffer.End);

        var answer = context.Response;
        answer.StatusCode = ids is null ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
        answer.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(answer.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteStartArray("accepted");
            for (var i = 0; i < ids?.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("index", i);
                json.WriteString("externalId", ids[i]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        await answer.BodyWriter.FlushAsync();
    }

    private static List<string>? Validate(ref Utf8JsonReader reader)
    {
        try
        {
            var ids = new List<string>();
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
                var report = JsonSerializer.Deserialize(ref reader, ContractsJson.Default.Report)!;
                if (!IsValid(report)) return null;
                ids.Add(report.ExternalId);
            }
            return ids;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsValid(Report report) =>
        report.ExternalId.Length is > 0 and <= 512
        && (report.Title ?? report.Text) is not null
        && report.Places.All(place => place.Lat is null or (>= -90 and <= 90) && place.Lon is null or (>= -180 and <= 180));
}
