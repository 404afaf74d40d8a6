using System.Text;
using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

public sealed class CorpusTests
{
    [Fact]
    public void A_line_is_a_labelled_text()
    {
        var text = Assert.Single(Read("""{ "id": "a", "text": "Gale at sea", "body": "It blew.", "published": "18-January-2026", "domains": ["climate"], "severity": "medium", "doubtful": true }"""));
        Assert.Equal(("a", "Gale at sea", "It blew.", Severity.Medium, true, false), (text.Id, text.Title, text.Text, text.Severity, text.IsDoubtful, text.IsWeak));
        Assert.Equal(new DateTimeOffset(2026, 1, 18, 0, 0, 0, TimeSpan.Zero), text.Published);
        Assert.Equal([Domain.Climate], text.Domains);
    }

    [Fact]
    public void Labels_that_nobody_read_are_weak_and_a_text_without_domains_has_no_label()
    {
        Assert.True(Assert.Single(Read("""{ "id": "a", "text": "x", "domains": [], "label_by": "keyword" }""")).IsWeak);
        Assert.False(Assert.Single(Read("""{ "id": "a", "text": "x" }""")).IsLabelled);
    }

    [Theory]
    [InlineData("""{ "id": "a" }""")]
    [InlineData("""{ "id": "a", "text": "x", "domains": ["sports"] }""")]
    [InlineData("nothing")]
    public void A_line_that_is_wrong_is_named(string line) =>
        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => Read("""{ "id": "b", "text": "y" }""" + "\n" + line)).Message);

    private static IReadOnlyList<LabelledText> Read(string lines) => Corpus.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)));
}
