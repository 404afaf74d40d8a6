using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Language;

public sealed class ForeignLexicaTests(ITestOutputHelper output)
{
    private static readonly ForeignLexica Lexica = ForeignLexica.Load();

    private sealed record Sample(string Language, string Domains, string Severity, string Text)
    {
        public static IReadOnlyList<Sample> All { get; } =
            [.. Samples.Lines("Language", "foreign.tsv").Select(line => line.Split('\t')).Select(columns => new Sample(columns[0], columns[1], columns[2], columns[3]))];

        public Domain[] Expected => Domains == "-" ? [] : [.. Domains.Split(',').Select(Wire<Domain>.Parse)];
    }

    [Fact]
    public void Headlines_in_ten_languages_are_about_what_their_words_say()
    {
        var languages = Sample.All.GroupBy(sample => sample.Language).Select(group => (Language: group.Key, Count: group.Count(), F1: F1([.. group]))).ToList();
        foreach (var (language, count, f1) in languages) output.WriteLine($"{language}: F1 {f1:0.000} of {count}");
        Assert.Equal(Languages.OfLexica.Order(), languages.Select(result => result.Language).Order());
        Assert.All(languages, result => Assert.True(result.Count >= 12 && result.F1 >= 0.85, result.Language));
        Assert.True(languages.Average(result => result.F1) >= 0.9);
    }

    [Fact]
    public void Their_severity_is_seldom_more_than_a_step_away()
    {
        var steps = Sample.All.Where(sample => sample.Expected.Length > 0).Select(sample =>
        {
            var found = Level(sample.Language, sample.Text, sample.Expected);
            var away = Math.Abs(found - (int)Wire<Severity>.Parse(sample.Severity));
            if (away > 1) output.WriteLine($"{sample.Language} {sample.Severity} {found} {sample.Text}");
            return away;
        }).ToList();
        output.WriteLine($"exact {steps.Count(away => away == 0) / (double)steps.Count:0.000}, within one {steps.Count(away => away <= 1) / (double)steps.Count:0.000}");
        Assert.True(steps.Count(away => away == 0) >= 0.55 * steps.Count);
        Assert.True(steps.Count(away => away <= 1) >= 0.95 * steps.Count);
    }

    [Theory]
    [InlineData("de", "Der Raketenangriff traf den Hafen", "Raketenangriff", Domain.Military)]
    [InlineData("de", "Seebeben erschüttert Küste", "beben", Domain.Climate)]
    [InlineData("ru", "Город обстреляли ночью", "обстреляли", Domain.Military)]
    [InlineData("fr", "INONDATIONS À L’EST", "INONDATIONS", Domain.Climate)]
    [InlineData("es", "Alerta por inundacion en la costa", "inundacion", Domain.Climate)]
    [InlineData("ar", "وبالفيضانات تنتهي السنة", "فيضانات", Domain.Climate)]
    [InlineData("zh", "這裡發生網絡攻擊事件", "網絡攻擊", Domain.Cyber)]
    [InlineData("ja", "昨夜サイバー攻撃があった", "サイバー攻撃", Domain.Cyber)]
    public void Words_are_found_in_their_forms_and_lie_where_they_say(string language, string title, string phrase, Domain domain)
    {
        var evidence = Lexica.Of(language)!.Score(title, "").Evidence(domain, limit: 5).First();
        Assert.Equal(phrase, evidence.Text);
        Assert.Equal(phrase, title.Substring(evidence.Start, evidence.Length));
        Assert.True(evidence.Weight > 0);
    }

    [Theory]
    [InlineData("ja", "ステロイドの効果")]
    [InlineData("fr", "Le charisme du chef")]
    [InlineData("de", "Rücktritt")]
    public void A_word_inside_another_is_no_word(string language, string title) =>
        Assert.DoesNotContain(Lexica.Of(language)!.Score(title, "").Evidence(Domain.Military, limit: 5), evidence => evidence.Weight > 1.5);

    [Theory]
    [InlineData("uk", "Ракетний удар по порту, є загиблі")]
    [InlineData("ru", "Ракетный удар по порту, есть погибшие")]
    public void A_phrase_that_tells_how_severe_it_is_hides_no_domain(string language, string title)
    {
        var verdict = Judge(language, title);
        Assert.Equal([Domain.Military], verdict.Domains);
        Assert.InRange(verdict.Severity, Severity.Medium, Severity.Critical);
    }

    [Fact]
    public void Evidence_adds_up_to_the_logit()
    {
        var scores = Lexica.Of("es")!.Score("Ciberataque paraliza el banco central", "El ciberataque afectó a los mercados, dijo el banco central.");
        foreach (var domain in Enum.GetValues<Domain>())
            Assert.Equal(scores.Logit(domain), ForeignScores.Bias + scores.Evidence(domain, int.MaxValue).Sum(evidence => evidence.Weight), 0.05);
    }

    [Fact]
    public void Confidence_is_kept_low()
    {
        var verdict = Judge("de", "Cyberangriff, Ransomware, Hacker, Datenleck, Schadsoftware");
        Assert.Equal(ForeignScores.ConfidenceAtMost, verdict.Probabilities[Domain.Cyber]);
        Assert.Equal(1 - ForeignScores.ConfidenceAtMost, verdict.Probabilities[Domain.Climate], 6);
        Assert.InRange(verdict.Confidence, 0, ForeignScores.ConfidenceAtMost);
    }

    [Theory]
    [InlineData("es", "Terremoto deja 3 muertos", "Terremoto deja 3.000 muertos")]
    [InlineData("fr", "Séisme : 12 morts", "Séisme : 12 000 morts")]
    [InlineData("ru", "Землетрясение: 2 погибших", "Землетрясение: 2 тысячи погибших")]
    [InlineData("ar", "زلزال: مقتل ٣ أشخاص", "زلزال: مقتل ٣٠٠ شخص")]
    [InlineData("zh", "地震造成3人死亡", "地震造成3万人死亡")]
    [InlineData("ja", "地震で3人死亡", "地震で3千人死亡")]
    public void More_victims_are_worse(string language, string few, string many)
    {
        Assert.True(Steps(language, few) < Steps(language, many) - 0.5);
    }

    [Theory]
    [InlineData("de", "Probealarm: Sirenen warnen vor Hochwasser, reine Übung")]
    [InlineData("fr", "Exercice : simulation d'un séisme à Nice")]
    [InlineData("ja", "津波の避難訓練に千人")]
    public void A_drill_is_no_disaster(string language, string title) =>
        Assert.InRange(Level(language, title, [Domain.Climate]), (int)Severity.Info, (int)Severity.Low);

    [Fact]
    public void A_lexicon_is_found_with_and_without_a_region()
    {
        Assert.Same(Lexica.Of("pt"), Lexica.Of("pt-BR"));
        Assert.Null(Lexica.Of("en"));
        Assert.Null(Lexica.Of("nl"));
        Assert.Null(Lexica.Of(null));
        Assert.All(Languages.OfLexica, language => Assert.True(Lexica.Of(language)!.Size >= 300));
    }

    private static Verdict Judge(string language, string title) => Judgement.Judge(Built.Report(title) with { Language = language }, Built.Model);

    private static double Steps(string language, string title) => Lexica.Of(language)!.Score(title, "").SeverityOf([Domain.Climate]).Score;

    private static int Level(string language, string title, IReadOnlyList<Domain> domains)
    {
        var score = Lexica.Of(language)!.Score(title, "").SeverityOf(domains).Score;
        return ForeignScores.Bounds.Count(bound => score >= bound);
    }

    private double F1(IReadOnlyList<Sample> samples)
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var sample in samples)
        {
            var found = Judge(sample.Language, sample.Text).Domains;
            if (!found.SequenceEqual(sample.Expected)) output.WriteLine($"{sample.Language} {sample.Domains} → {string.Join(',', found)}: {sample.Text}");
            right += found.Intersect(sample.Expected).Count();
            wrong += found.Except(sample.Expected).Count();
            missed += sample.Expected.Except(found).Count();
        }
        return 2.0 * right / (2 * right + wrong + missed);
    }
}
