using System.Globalization;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Storage;
using Monitoring.Classification.Training;

namespace Monitoring.Classification.Rejudging;

/// <summary>
/// <c>rejudge --from TIME --to TIME [--model VERSION] [--apply]</c>: judges the reports of incidents first reported in that time again, by
/// the model in force or another one, and prints what would change; with <c>--apply</c> it then changes it. What was interrupted goes on
/// where it is run once more: what is judged by that model already stays as it is.
/// </summary>
internal static class RejudgeCommand
{
    public const string Usage = "usage: rejudge --from TIME --to TIME [--model VERSION] [--apply]    (times after RFC 3339)";

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandOptions.Read(args, ["--from", "--to", "--model"], ["--apply"], out var problem) is not { } options
            || TimeOf(options.Value("--from")) is not { } from || TimeOf(options.Value("--to")) is not { } to)
        {
            await Console.Error.WriteLineAsync($"{problem ?? "--from and --to are required, and are times such as 2026-12-01T00:00:00Z."}\n{Usage}");
            return 2;
        }
        await using var services = CommandServices.Build();
        var models = services.GetRequiredService<ModelLoader>();
        var version = options.Value("--model") ?? await models.ActiveVersionAsync(CancellationToken.None);
        var lookup = await models.LoadAsync(version, CancellationToken.None);
        if (lookup is not ModelLookup.Found { Model: var model })
        {
            await Console.Error.WriteLineAsync(lookup is ModelLookup.Unusable unusable ? unusable.Reason : $"There is no model {version}.");
            return 1;
        }
        await PassAsync(services, model, new(from, to), apply: false, Console.Out);
        if (options.Has("--apply")) await PassAsync(services, model, new(from, to), apply: true, Console.Out);
        return 0;
    }

    private static async Task PassAsync(IServiceProvider services, Model model, RejudgePeriod period, bool apply, TextWriter output)
    {
        var (incidents, reports, changed, domains, severities, countries) = (0, 0, 0, 0, 0, 0);
        RejudgePlace? place = null;
        do
        {
            await using var scope = services.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<RejudgeStore>();
            var group = apply ? await store.ApplyAsync(model, period, place, CancellationToken.None) : await store.LookAsync(model, period, place, CancellationToken.None);
            foreach (var incident in group.Incidents.Where(incident => incident.Changes))
            {
                changed++;
                if (incident.Domains) domains++;
                if (incident.Severity) severities++;
                if (incident.Countries) countries++;
                if (!apply) await output.WriteLineAsync(incident.ToString());
            }
            incidents += group.Incidents.Count;
            reports += group.Reports;
            place = group.Last;
        }
        while (place is not null);
        await output.WriteLineAsync(
            $"model {model.Version}: {incidents} incidents, {reports} reports judged again; {changed} incidents {(apply ? "changed" : "would change")}: {domains} in domains, {severities} in severity, {countries} in countries");
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
