using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Language;

public sealed class PhraseTrieTests
{
    private readonly PhraseTrie<string> trie = new();

    [Fact]
    public void The_longest_phrase_wins()
    {
        trie.Set("storm", "weather");
        trie.Set("storm of criticism", "metaphor");
        Assert.Equal((3, "metaphor"), Longest("Storm of criticism hits minister"));
        Assert.Equal((1, "weather"), Longest("Storm of the century"));
    }

    [Fact]
    public void A_beginning_of_a_phrase_is_no_phrase()
    {
        trie.Set("New Zealand", "NZ");
        Assert.Equal((0, null), Longest("New York"));
    }

    [Fact]
    public void Initials_match_with_and_without_their_dots()
    {
        trie.Set("US", "country");
        Assert.Equal((1, "country"), Longest("U.S. troops"));
        Assert.Equal((1, "country"), Longest("US troops"));
    }

    [Fact]
    public void A_phrase_ends_with_its_clause()
    {
        trie.Set("South Korea", "KR");
        Assert.Equal((0, null), Longest("South. Korea"));
    }

    private (int, string?) Longest(string text)
    {
        var words = trie.Longest(Tokens.Of(text), 0, out var value);
        return (words, value);
    }
}
