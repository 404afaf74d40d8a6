using System.Text.Json;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;
using Monitoring.Contracts;
using Monitoring.World;

namespace Monitoring.Classification.Tests.Training;

/// <summary>The texts of the project's own writing that retraining is guarded by.</summary>
public sealed class TextsTests(ITestOutputHelper output)
{
    private static readonly string[] Fields = ["id", "text", "body", "published", "source", "language", "domains", "severity", "countries", "hard"];
    private static readonly string[] Hard = ["metaphor", "anniversary", "drill", "denial", "history", "sports", "results-of-security-company", "deal"];

    private static readonly IReadOnlyList<JsonElement> Texts = Read();

    [Fact]
    public void Every_text_is_labelled_in_the_corpus_own_fields()
    {
        Assert.All(Texts, text =>
        {
            Assert.All(text.EnumerateObject(), field => Assert.Contains(field.Name, Fields));
            Assert.False(string.IsNullOrWhiteSpace(Text(text, "text")));
            Assert.StartsWith("Own: ", Text(text, "source"));
            Assert.InRange(text.GetProperty("published").GetDateTimeOffset().Year, 2019, 2027);
            Assert.NotEqual(LanguageSupport.None, Languages.SupportOf(Text(text, "language")));
            var domains = DomainsOf(text);
            Assert.Equal(domains.Distinct().Order(), domains);
            Assert.Equal(domains.Length > 0, text.TryGetProperty("severity", out var severity));
            if (domains.Length > 0) Wire<Severity>.Parse(severity.GetString()!);
            Assert.All(text.GetProperty("countries").EnumerateArray(), country => Assert.True(Countries.IsKnown(country.GetString()!), country.GetString()));
            if (text.TryGetProperty("hard", out var hard)) Assert.Contains(hard.GetString(), Hard);
        });
        Assert.Equal(Texts.Count, Texts.Select(text => Text(text, "id")).Distinct().Count());
        Assert.Equal(Texts.Count, Texts.Select(text => Text(text, "text")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void They_are_many_and_of_all_kinds()
    {
        var english = Texts.Where(text => Text(text, "language") == "en").ToList();
        Assert.True(english.Count >= 500);
        Assert.All(Enum.GetValues<Domain>(), domain => Assert.True(english.Count(text => DomainsOf(text).Contains(domain)) >= 0.1 * english.Count));
        Assert.True(english.Count(text => DomainsOf(text).Length == 0) >= 0.1 * english.Count);
        Assert.True(english.Count(text => text.TryGetProperty("hard", out _)) >= 0.25 * english.Count);
        Assert.All(Languages.OfLexica, language => Assert.True(Texts.Count(text => Text(text, "language") == language) >= 5, language));
    }

    [Fact]
    public void Their_languages_are_told()
    {
        var missed = Texts.Where(text => Languages.Of(Tokens.Of(Text(text, "text")), Tokens.Of(""), told: null) is { } found && found != Text(text, "language")).ToList();
        foreach (var text in missed) output.WriteLine($"{Text(text, "language")}: {Text(text, "text")}");
        output.WriteLine($"{Texts.Count(text => Languages.Of(Tokens.Of(Text(text, "text")), Tokens.Of(""), told: null) is null)} unknown, {missed.Count} wrong of {Texts.Count}");
        Assert.True(missed.Count <= 0.02 * Texts.Count);
    }

    [Fact]
    public void What_the_foreign_ones_are_about_is_judged()
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var text in Texts.Where(text => Text(text, "language") != "en"))
        {
            var found = Judgement.Judge(Built.Report(Text(text, "text")) with { Language = Text(text, "language") }, Built.Model).Domains;
            var expected = DomainsOf(text);
            if (!found.SequenceEqual(expected)) output.WriteLine($"{Text(text, "language")} {string.Join(',', expected)} → {string.Join(',', found)}: {Text(text, "text")}");
            right += found.Intersect(expected).Count();
            wrong += found.Except(expected).Count();
            missed += expected.Except(found).Count();
        }
        var f1 = 2.0 * right / (2 * right + wrong + missed);
        output.WriteLine($"F1 {f1:0.000}");
        Assert.True(f1 >= 0.8, $"{f1:0.000}");
    }

    private static string Text(JsonElement text, string field) => text.GetProperty(field).GetString()!;

    private static Domain[] DomainsOf(JsonElement text) => [.. text.GetProperty("domains").EnumerateArray().Select(domain => Wire<Domain>.Parse(domain.GetString()!))];

    private static List<JsonElement> Read()
    {
        using var stream = typeof(Judgement).Assembly.GetManifestResourceStream("Monitoring.Classification.Training.texts.jsonl")!;
        using var reader = new StreamReader(stream);
        var texts = new List<JsonElement>();
        while (reader.ReadLine() is { } line) texts.Add(JsonElement.Parse(line));
        return texts;
    }
}
