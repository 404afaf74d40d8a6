using Monitoring.Classification.Judging;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests;

/// <summary>The model that is built in, read once, and reports to judge by it.</summary>
internal static class Built
{
    public static Model Model { get; } = Model.Load();

    public static Verdict Judge(string? title, string? text = null, Hints? hints = null) => Judgement.Judge(Report(title, text, hints), Model);

    public static Report Report(string? title, string? text = null, Hints? hints = null) => new() { ExternalId = "x", Title = title, Text = text, Hints = hints };
}
