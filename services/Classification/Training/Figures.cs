using System.Globalization;

namespace Monitoring.Classification.Training;

/// <summary>Writes figures for people to read.</summary>
internal static class Figures
{
    private const int Resamples = 500;
    private const int ErrorsShown = 12;

    public static void Write(TextWriter output, string name, IReadOnlyList<JudgedText> judged, bool worstErrors)
    {
        List<JudgedText> clear = [.. judged.Where(one => !one.Text.IsDoubtful)];
        WriteScores(output, $"{name}, {judged.Count} texts", judged);
        if (clear.Count < judged.Count) WriteScores(output, $"{name}, the {clear.Count} that are not doubtful", clear);
        if (!worstErrors) return;
        output.WriteLine("  worst errors (labelled → given):");
        foreach (var one in clear.Where(one => one.Error > 0).OrderByDescending(one => one.Error).Take(ErrorsShown))
            output.WriteLine($"    {Names(one.Text.Domains)} → {Names(one.Verdict.Domains)}  {one.Text.Title}");
    }

    private static void WriteScores(TextWriter output, string name, IReadOnlyList<JudgedText> judged)
    {
        var scores = Scores.Of(judged);
        var resampled = Resampled(judged);
        output.WriteLine(name);
        foreach (var domain in scores.Domains)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {domain.Domain,-10} P {domain.Precision:0.000}  R {domain.Recall:0.000}  F1 {domain.F1:0.000}  calibration error {domain.CalibrationError:0.000}  ({domain.Count})"));
        output.WriteLine($"  macro-F1   {WithInterval(scores, resampled, one => one.MacroF1)}   exact set {WithInterval(scores, resampled, one => one.ExactSet)}   calibration error {WithInterval(scores, resampled, one => one.CalibrationError)}");
        if (scores.Severity.Count > 0)
            output.WriteLine($"  severity   exact {WithInterval(scores, resampled, one => one.Severity.Exact)}   within one {WithInterval(scores, resampled, one => one.Severity.WithinOne)}   kappa {WithInterval(scores, resampled, one => one.Severity.Kappa)}  ({scores.Severity.Count})");
    }

    /// <summary>The same texts drawn with replacement, again and again: how much the figures owe to which texts there are.</summary>
    private static List<Scores> Resampled(IReadOnlyList<JudgedText> judged)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Resamples).Select(_ => Scores.Of([.. Enumerable.Range(0, judged.Count).Select(_ => judged[random.Next(judged.Count)])]))];
    }

    private static string WithInterval(Scores scores, List<Scores> resampled, Func<Scores, double> figure)
    {
        List<double> sorted = [.. resampled.Select(figure).Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{figure(scores):0.000} [{sorted[Resamples / 40]:0.000}–{sorted[Resamples - 1 - Resamples / 40]:0.000}]");
    }

    private static string Names(IReadOnlyList<Contracts.Domain> domains) =>
        domains.Count == 0 ? "none" : string.Join('+', domains.Select(domain => domain.ToString().ToLowerInvariant()));
}
