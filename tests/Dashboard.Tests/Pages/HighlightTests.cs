using Monitoring.Contracts;
using Monitoring.Dashboard.Pages;

namespace Monitoring.Dashboard.Tests.Pages;

public class HighlightTests
{
    private const string Text = "Ransomware halts hospital network";

    private static Evidence Span(string words, string speaksFor, double weight = 1, int? start = null) => new()
    {
        For = speaksFor,
        Field = "title",
        Start = start ?? Text.IndexOf(words, StringComparison.Ordinal),
        Length = words.Length,
        Text = words,
        Weight = weight,
    };

    [Fact]
    public void The_pieces_make_up_the_text()
    {
        var segments = Highlight.Segments(Text, [Span("Ransomware", "cyber"), Span("hospital", "severity")]);

        Assert.Equal(Text, string.Concat(segments.Select(segment => segment.Text)));
        Assert.Equal(["Ransomware", "hospital"], segments.Where(segment => segment.Evidence.Count > 0).Select(segment => segment.Text));
    }

    [Fact]
    public void Where_spans_overlap_the_stronger_comes_first()
    {
        var segments = Highlight.Segments(Text, [Span("halts hospital", "severity", 0.5), Span("hospital network", "cyber", -1.5)]);

        Assert.Equal(["severity"], segments.Single(segment => segment.Text == "halts ").Evidence.Select(evidence => evidence.For));
        Assert.Equal(["cyber", "severity"], segments.Single(segment => segment.Text == "hospital").Evidence.Select(evidence => evidence.For));
        Assert.Equal(["cyber"], segments.Single(segment => segment.Text == " network").Evidence.Select(evidence => evidence.For));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(int.MaxValue)]
    public void A_span_that_the_text_does_not_have_marks_nothing(int start) =>
        Assert.All(Highlight.Segments(Text, [Span("Ransomware", "cyber", start: start)]), segment => Assert.Empty(segment.Evidence));

    [Fact]
    public void An_empty_text_has_no_pieces() => Assert.Empty(Highlight.Segments("", []));

    [Theory]
    [InlineData("cyber", "cyber")]
    [InlineData("severity", "severity")]
    [InlineData("country:EE", "country")]
    [InlineData("actor:Sandworm", "actor")]
    public void A_mark_has_the_style_of_what_it_speaks_for(string speaksFor, string style) => Assert.Equal(style, Highlight.KindOf(Span("halts", speaksFor)));

    [Fact]
    public void An_entry_without_a_span_says_in_words_what_it_stands_for()
    {
        var whole = Span("", "cyber") with { Text = "" };
        Assert.Equal("Ransomware", Highlight.Reason(Span("Ransomware", "cyber")));
        Assert.Equal("everything else in the report", Highlight.Reason(whole with { Field = "rest" }));
        Assert.Equal("what is usual, before anything is read", Highlight.Reason(whole with { Field = "bias" }));
        Assert.Equal("hints", Highlight.Reason(whole with { Field = "hints" }));
    }

    [Theory]
    [InlineData(1.94, "+1.94")]
    [InlineData(-0.5, "−0.50")]
    [InlineData(2, "+2.00")]
    public void Weights_have_a_sign_and_two_decimals(double weight, string shown) => Assert.Equal(shown, Highlight.Weight(Span("halts", "severity", weight)));

    [Theory]
    [InlineData("cyber", "cyber")]
    [InlineData("cyber or climate", "cyber", "climate")]
    [InlineData("cyber, economic or climate", "cyber", "economic", "climate")]
    public void What_an_incident_is_not_is_told_as_a_sentence(string told, params string[] names) => Assert.Equal(told, Highlight.Or(names));
}
