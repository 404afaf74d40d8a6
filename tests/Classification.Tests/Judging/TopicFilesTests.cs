using System.Text.RegularExpressions;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Language;

namespace Monitoring.Classification.Tests.Judging;

/// <summary>The files of topics as they are written; what they do to a judgement is tested where it is judged.</summary>
public sealed partial class TopicFilesTests
{
    private const int LongestPhrase = 6;

    private static readonly string[] Families = ["climate", "context", "cyber", "economic", "military", "severity", "words"];

    private static readonly string[] WordClasses = ["act", "people", "places", "things", "time"];

    public static TheoryData<string> Files => [.. Families];

    [Fact]
    public void Each_family_of_topics_has_its_file() =>
        Assert.Equal(Families, Directory.GetFiles(Folder(), "*.tsv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Topics_are_named_after_their_file(string file) =>
        Assert.All(Phrases(file).Select(entry => entry.Topic).Distinct(), topic =>
        {
            Assert.Matches(TopicName(), topic);
            Assert.Contains(topic.Split('.')[0], file == "words" ? WordClasses : [file]);
        });

    /// <summary>A mark between words (a comma, a bracket) or a hidden <c>~</c> would make a phrase that no text has.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Each_phrase_is_found_in_a_text_that_has_it(string file)
    {
        var trie = new PhraseTrie<string>();
        var phrases = Phrases(file).Select(entry => entry.Phrase).ToList();
        foreach (var phrase in phrases) trie.Set(phrase.TrimEnd('~'), phrase);
        Assert.All(phrases, phrase =>
        {
            var tokens = Tokens.Of(phrase);
            Assert.InRange(tokens.Count, 1, LongestPhrase);
            Assert.Equal(tokens.Count, trie.Longest(tokens, 0, out _));
            Assert.DoesNotContain('~', phrase.TrimEnd('~'));
            Assert.Equal(phrase.Trim(), phrase);
        });
    }

    /// <summary>Written alike but for hyphens, dots or capitals, a phrase would stand for itself twice.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void No_phrase_stands_twice_in_a_topic(string file) =>
        Assert.All(Phrases(file).GroupBy(entry => (entry.Topic, Plain(entry.Phrase))), group => Assert.Single(group));

    /// <summary>Words are compared without regard to case, so that an acronym would lose its capitals to a word that is spelt like it.</summary>
    [Fact]
    public void No_acronym_is_also_written_as_a_word()
    {
        var phrases = Families.SelectMany(Phrases).Select(entry => entry.Phrase).ToList();
        var words = phrases.Where(phrase => !IsAcronym(phrase)).SelectMany(phrase => PhraseFile.Forms(phrase).Append(phrase)).Select(Plain).ToHashSet();
        Assert.DoesNotContain(phrases, phrase => IsAcronym(phrase) && words.Contains(Plain(phrase)));
    }

    private static bool IsAcronym(string phrase) => phrase.Length > 1 && phrase.All(char.IsAsciiLetterUpper);

    private static string Plain(string phrase)
    {
        var tokens = Tokens.Of(phrase);
        return string.Join(' ', Enumerable.Range(0, tokens.Count).Select(index => tokens.Word(index).ToString().Replace(".", "").ToLowerInvariant()));
    }

    private static IEnumerable<(string Topic, string Phrase)> Phrases(string file) =>
        from line in File.ReadLines(Path.Combine(Folder(), $"{file}.tsv"))
        where !line.StartsWith('#')
        let columns = line.Split('\t')
        from phrase in columns[1].Split('|')
        select (columns[0], phrase);

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Monitoring.sln")))
            root = root.Parent ?? throw new InvalidOperationException("These tests run inside the repository only.");
        return Path.Combine(root.FullName, "services", "Classification", "Judging", "Topics");
    }

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(-[a-z]+)*$")]
    private static partial Regex TopicName();
}
