using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Language;

public sealed class LanguagesTests(ITestOutputHelper output)
{
    private static readonly Tokens Nothing = Tokens.Of("");

    [Fact]
    public void Short_headlines_are_told_by_language()
    {
        var sentences = Samples.Lines("Language", "sentences.tsv").Select(line => line.Split('\t')).ToList();
        var results = sentences.Select(sentence => (Language: sentence[0], Found: Languages.Of(Tokens.Of(sentence[1]), Nothing, told: null), Text: sentence[1])).ToList();
        foreach (var (language, found, text) in results.Where(result => result.Found != result.Language)) output.WriteLine($"{language} taken for {found ?? "none"}: {text}");
        foreach (var language in results.GroupBy(result => result.Language).Where(group => group.Count() >= 20))
            Assert.True(language.Count(result => result.Found == language.Key) >= 0.95 * language.Count(), language.Key);
        Assert.True(results.Count(result => result.Found == result.Language) >= 0.97 * results.Count);
        // What is not supported is hardly ever judged as English: it is another language or unknown.
        var unsupported = results.Where(result => Languages.SupportOf(result.Language) == LanguageSupport.None).ToList();
        Assert.True(unsupported.Count(result => result.Found is not null && Languages.SupportOf(result.Found) != LanguageSupport.None) <= 0.02 * unsupported.Count);
    }

    [Fact]
    public void Headlines_that_were_written_for_another_purpose_are_told_as_well()
    {
        var results = Samples.Lines("Language", "foreign.tsv").Select(line => line.Split('\t')).Select(columns => (Language: columns[0], Found: Languages.Of(Tokens.Of(columns[3]), Nothing, told: null), Text: columns[3])).ToList();
        foreach (var (language, found, text) in results.Where(result => result.Found != result.Language)) output.WriteLine($"{language} taken for {found ?? "none"}: {text}");
        output.WriteLine($"{results.Count(result => result.Found == result.Language)} of {results.Count}");
        Assert.True(results.Count(result => result.Found == result.Language) >= 0.95 * results.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12,345 – 6.7%")]
    [InlineData("Xyzzy Plugh")]
    [InlineData("Trump, Putin, Zelensky, Macron, Merz")]
    [InlineData("Kim Jong Un – Lee Jae-myung")]
    public void Names_and_numbers_alone_are_of_no_foreign_language(string title) =>
        Assert.Contains(Languages.Of(Tokens.Of(title), Nothing, told: null), new[] { "en", null });

    [Theory]
    [InlineData("Erdoğan meets Orbán and Sánchez in São Paulo")]
    [InlineData("Banks of Zürich and Genève are to merge")]
    [InlineData("Los Angeles, San Francisco and El Paso brace for wind")]
    [InlineData("Le Monde, Die Welt and El País report on leak")]
    public void Foreign_names_do_not_make_a_foreign_text(string title) =>
        Assert.Contains(Languages.Of(Tokens.Of(title), Nothing, told: null), new[] { "en", null });

    [Theory]
    [InlineData("pt-BR", "Chuva forte em São Paulo", "pt-BR")]
    [InlineData("gsw", "Chuva forte em São Paulo", "gsw")]
    [InlineData("sr-Latn", "Kiša u Beogradu", "sr-Latn")]
    [InlineData("en", "Правительство сообщило о взрыве в порту", "ru")]
    [InlineData("zh", "The port was closed after the blast", "en")]
    [InlineData("ru", "政府发布洪水警报", "zh")]
    [InlineData("und", "The port was closed after the blast", "en")]
    [InlineData("fr", "12,345", "fr")]
    [InlineData("PT-br", "Chuva forte em São Paulo", "pt-BR")]
    [InlineData("FR", "Alerte aux inondations", "fr")]
    [InlineData("ZH-hant_tw", "政府發布洪水警報", "zh-Hant-TW")]
    [InlineData("en", "Real Madrid and Bayern draw in Munich", "en")]
    [InlineData("de", "Cyberangriff legt Rathaus lahm", "de")]
    public void What_a_report_says_is_believed_unless_its_script_contradicts(string told, string title, string language) =>
        Assert.Equal(language, Languages.Of(Tokens.Of(title), Nothing, told));

    [Theory]
    [InlineData("fr", "The minister said that the port will be closed after the fire", "en")]
    [InlineData("en-us", "El gobierno declara la alerta por las lluvias en el norte del país", "es")]
    [InlineData("es", "Le gouvernement a fermé les écoles du sud après les inondations de la nuit", "fr")]
    [InlineData("ru", "Уряд заявив, що вночі після обстрілу в місті немає світла", "uk")]
    public void A_text_that_is_clearly_in_another_language_than_its_feed_says_is_read_in_that(string told, string title, string language) =>
        Assert.Equal(language, Languages.Of(Tokens.Of(title), Nothing, told));

    [Fact]
    public void A_text_helps_where_the_title_is_silent() =>
        Assert.Equal("es", Languages.Of(Tokens.Of("Valencia"), Tokens.Of("La alerta roja sigue activa en toda la provincia."), told: null));

    [Theory]
    [InlineData("en-GB", LanguageSupport.Full)]
    [InlineData("EN", LanguageSupport.Full)]
    [InlineData("uk", LanguageSupport.Lexicon)]
    [InlineData("zh-Hant-TW", LanguageSupport.Lexicon)]
    [InlineData("nl", LanguageSupport.None)]
    [InlineData("", LanguageSupport.None)]
    [InlineData(null, LanguageSupport.Full)]
    public void A_language_is_supported_in_full_by_lexicon_or_not(string? tag, object support) => Assert.Equal(support, Languages.SupportOf(tag));

    [Fact]
    public void Telling_a_language_allocates_nothing()
    {
        var title = Tokens.Of("Two ferries collide off the island in thick fog");
        var text = Tokens.Of(string.Concat(Enumerable.Repeat("Nobody was hurt, said the harbour master. ", 30)));
        Languages.Of(title, text, told: null);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++) Languages.Of(title, text, told: null);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
