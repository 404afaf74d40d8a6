using System.Text.Json;
using Monitoring.Classification.Judging;
using Monitoring.Classification.Stories;
using Monitoring.Contracts;

namespace Monitoring.Classification.Training;

/// <summary>
/// A text with the story that it belongs to. A paraphrase tells its story in other words; a lookalike tells another one in the same words.
/// </summary>
internal sealed record StoryText(string Id, string Story, string Text, DateTimeOffset Published, string Source, bool Paraphrase = false, bool Lookalike = false)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Reads JSON lines of these fields.</summary>
    public static IReadOnlyList<StoryText> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<StoryText>(line, Options)!).OrderBy(text => text.Published)];

    /// <summary>As its source would have posted it.</summary>
    public Report ToReport() => new() { ExternalId = Id, Title = Text, PublishedAt = Published };

    /// <summary>As the service would have it before it joins it.</summary>
    public JoiningReport ToJoining(Model model)
    {
        var feed = Ids.Named("feed", Source);
        var id = Ids.Report(feed, Id);
        var received = new ReceivedReport { Id = id, Revision = 1, FeedId = feed, Feed = Source, ReceivedAt = Published, Report = ToReport() };
        return new(id, Ids.Incident(id), Signature.Of(received, ToldReport.Of(received, Judgement.Judge(received.Report, model))));
    }
}
