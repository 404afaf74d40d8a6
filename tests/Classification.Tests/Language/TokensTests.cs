using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Language;

public sealed class TokensTests
{
    [Theory]
    [InlineData("Russia's army", "Russia|army")]
    [InlineData("Iran-backed militia", "Iran|backed|militia")]
    [InlineData("the U.S. and D.C.", "the|U.S|and|D.C")]
    [InlineData("magnitude 6.4, 1,200 dead", "magnitude|6.4|1,200|dead")]
    [InlineData("N'Djamena isn’t", "N'Djamena|isn’t")]
    [InlineData("a.b.c.d.e.f.g.h", "a.b.c.d.e.f.g.h")]
    [InlineData("a.b.c.d.e.f.g.h.i.j.k.l.m.nn", "a|b|c|d|e|f|g|h|i|j|k|l|m|nn")]
    [InlineData("", "")]
    [InlineData("— … !", "")]
    public void A_text_is_cut_into_words(string text, string words)
    {
        var tokens = Tokens.Of(text);
        Assert.Equal(words, string.Join('|', Enumerable.Range(0, tokens.Count).Select(index => tokens.Word(index).ToString())));
    }

    [Fact]
    public void Every_word_lies_where_it_says()
    {
        const string text = "“Tallinn's” port: 40% of U.S. ships (Fri.) wait…";
        var tokens = Tokens.Of(text);
        for (var index = 0; index < tokens.Count; index++)
            Assert.Equal(tokens.Word(index).ToString(), text.Substring(tokens[index].Start, tokens[index].Length));
    }

    [Theory]
    [InlineData("South. Korea", true)]
    [InlineData("South, Korea", true)]
    [InlineData("South Korea", false)]
    [InlineData("Saint-Denis", false)]
    [InlineData("St. Petersburg", false)]
    public void A_phrase_does_not_reach_over_the_end_of_a_clause(string text, bool breaks) => Assert.Equal(breaks, Tokens.Of(text)[1].Breaks);

    [Fact]
    public void Endless_initials_are_cut_in_one_go()
    {
        var text = string.Concat(Enumerable.Repeat("a.", 200_000)) + "yz";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(200_001, Tokens.Of(text).Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"took {watch.Elapsed}");
    }

    [Fact]
    public void No_more_is_cut_than_was_asked_for() => Assert.Equal(2, Tokens.Of("one two three", limit: 7).Count);
}
