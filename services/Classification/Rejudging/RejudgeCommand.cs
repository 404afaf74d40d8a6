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
        if (from >= to)
        {
            await Console.Error.WriteLineAsync($"--from must be before --to.\n{Usage}");
            return 2;
        }
        return await CommandServices.RunAsync(services => RunAsync(services, options.Value("--model"), new(from, to), options.Has("--apply")));
    }

    private static async Task<int> RunAsync(IServiceProvider services, string? asked, RejudgePeriod period, bool apply)
    {
        var models = services.GetRequiredService<ModelLoader>();
        var version = asked ?? await models.ActiveVersionAsync(CancellationToken.None);
        var lookup = await models.LoadAsync(version, CancellationToken.None);
        if (lookup is not ModelLookup.Found { Model: var model })
        {
            await Console.Error.WriteLineAsync(
                lookup is ModelLookup.Unusable unusable ? unusable.Reason : $"There is no model {version}. There are: {string.Join(", ", await models.VersionsAsync(CancellationToken.None))}.");
            return 1;
        }
        var would = await PassAsync(services, model, period, apply: false);
        if (would.Incidents == 0) await Console.Out.WriteLineAsync("There are no incidents first reported in that time whose reports could be judged again.");
        else if (would is { Reports: 0, Changed: 0 })
        {
            var others = (await models.VersionsAsync(CancellationToken.None)).Where(other => other != version).ToList();
            await Console.Out.WriteLineAsync(
                $"Nothing would change: model {version} has judged all {would.Already} reports of the {would.Incidents} incidents of that time already. " +
                (others.Count > 0 ? $"--model VERSION judges them by another one: {string.Join(", ", others)}." : "There is no other model yet; retrain makes one of what analysts corrected."));
        }
        else
        {
            await Console.Out.WriteLineAsync(apply ? would.Text(version, "would change") : $"{would.Text(version, "would change")}. Nothing was changed; --apply does it.");
            if (apply) await Console.Out.WriteLineAsync((await PassAsync(services, model, period, apply: true)).Text(version, "changed"));
        }
        return 0;
    }

    private static async Task<Counts> PassAsync(IServiceProvider services, Model model, RejudgePeriod period, bool apply)
    {
        var counts = new Counts();
        RejudgePlace? place = null;
        do
        {
            await using var scope = services.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<RejudgeStore>();
            var group = apply ? await store.ApplyAsync(model, period, place, CancellationToken.None) : await store.LookAsync(model, period, place, CancellationToken.None);
            if (!apply) foreach (var incident in group.Incidents.Where(incident => incident.Changes)) await Console.Out.WriteLineAsync(incident.ToString());
            counts = counts.With(group);
            place = group.Last;
        }
        while (place is not null);
        return counts;
    }

    /// <summary>What a pass came to; reports that the model had judged already are not judged again.</summary>
    private sealed record Counts(int Incidents = 0, int Reports = 0, int Already = 0, int Changed = 0, int Domains = 0, int Severities = 0, int Countries = 0)
    {
        public Counts With(RejudgedGroup group) => new(
            Incidents + group.Incidents.Count, Reports + group.Reports, Already + group.Already, Changed + group.Incidents.Count(one => one.Changes),
            Domains + group.Incidents.Count(one => one.Domains), Severities + group.Incidents.Count(one => one.Severity), Countries + group.Incidents.Count(one => one.Countries));

        public string Text(string version, string change) =>
            $"model {version}: {Incidents} incidents, {Reports} reports judged again; {Changed} incidents {change}: {Domains} in domains, {Severities} in severity, {Countries} in countries";
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
