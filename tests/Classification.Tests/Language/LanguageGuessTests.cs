using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Language;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("The ministry said that the attack on the port was over by noon", "en")]
    [InlineData("Die Regierung hat nach dem Angriff auf den Hafen den Notstand ausgerufen", "de")]
    [InlineData("Le gouvernement a déclaré que les inondations dans le sud sont une catastrophe", "fr")]
    [InlineData("El gobierno declaró que las inondaciones en el sur son una catástrofe", "es")]
    [InlineData("Правительство сообщило о взрыве в порту", "ru")]
    [InlineData("Уряд повідомив про вибух у порту, є загиблі", "uk")]
    [InlineData("政府发布洪水警报", "zh")]
    [InlineData("政府は洪水の警報を出した", "ja")]
    [InlineData("أعلنت الحكومة حالة الطوارئ", "ar")]
    [InlineData("Xyzzy plugh", null)]
    [InlineData("", null)]
    public void A_language_is_guessed_or_left_open(string text, string? language) => Assert.Equal(language, LanguageGuess.Of(Tokens.Of(text)));
}
