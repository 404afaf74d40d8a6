using System.Text;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Retraining;
using Monitoring.Classification.Training;
using Monitoring.Contracts;
using Monitoring.Load.Figures;
using Monitoring.Load.Traffic;

namespace Monitoring.Load.Judging;

/// <summary>Measures the whole of judging, without the service around it: by the processor time that it takes, on one thread.</summary>
internal static class JudgeCommand
{
    private const int Characters = 1_024;

    public static int Run(Arguments arguments, TimeProvider time)
    {
        var texts = new ReportTexts(new Random(1), time.GetUtcNow());
        Report[] reports = [.. Enumerable.Range(0, 1_000).Select(_ => texts.OfLength(Characters)).Concat(Written())];
        var model = Model.Load();
        Measure(reports, model, arguments.WarmUp, time);
        Result.Print(Measure(reports, model, arguments.Length, time));
        return 0;
    }

    /// <summary>Reports of as many characters that were written one by one, in eleven languages: a vocabulary as wide as the world's.</summary>
    private static IEnumerable<Report> Written()
    {
        foreach (var ofLanguage in OwnTexts.All.GroupBy(text => text.Language))
        {
            List<LabelledText> texts = [.. ofLanguage];
            for (var index = 0; index < texts.Count; index++)
            {
                var body = new StringBuilder(texts[index].Text);
                for (var next = index + 1; body.Length < Characters; next++) body.Append(' ').Append(texts[next % texts.Count].Title).Append(". ").Append(texts[next % texts.Count].Text);
                yield return new Report { ExternalId = texts[index].Id, Title = texts[index].Title, Text = body.ToString(0, Characters - texts[index].Title.Length), Language = ofLanguage.Key };
            }
        }
    }

    private static object Measure(Report[] reports, Model model, TimeSpan length, TimeProvider time)
    {
        var (judged, reasons) = (0L, 0L);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var (started, cpu) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        do
        {
            foreach (var report in reports) reasons += Judgement.Judge(report, model).Evidence.Count;
            judged += reports.Length;
        }
        while (time.GetElapsedTime(started) < length);
        var took = Environment.CpuUsage.TotalTime - cpu;
        return new
        {
            command = "judge",
            model = model.Version,
            texts = judged,
            charactersOfEach = Characters,
            textsPerCpuSecond = (int)(judged / took.TotalSeconds),
            allocatedPerText = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / judged,
            reasonsPerText = Math.Round((double)reasons / judged, 1),
        };
    }
}
