using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("plain  words\n here", "plain words here")]
    [InlineData("<p>One</p><p>Two &amp; three</p>", "One\nTwo & three")]
    [InlineData("a<br>b<br/>c", "a\nb\nc")]
    [InlineData("Ha<b>ck</b>ed&nbsp;again", "Hacked again")]
    [InlineData("<script>if (a < b) steal()</script>kept<style>p { }</style>", "kept")]
    [InlineData("<ul><li>x</li><li>y</li></ul>", "x\ny")]
    [InlineData("5 < 6 &unknown; &#x41;", "5 < 6 &unknown; A")]
    [InlineData("<!-- note -->text<![CDATA[ more ]]>", "text")]
    [InlineData("<p class='a' hidden>seen <a href='https://x.example/?a=1&b>2'>link</a></p>", "seen link")]
    [InlineData("<img src=x onerror=alert(1)>", null)]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void Html_becomes_the_text_that_a_reader_sees(string? html, string? text) => Assert.Equal(text, HtmlText.Of(html));

    [Fact]
    public void A_million_open_elements_are_read_through() => Assert.Equal("end", HtmlText.Of(string.Concat(Enumerable.Repeat("<div>", 200_000)) + "end"));
}
