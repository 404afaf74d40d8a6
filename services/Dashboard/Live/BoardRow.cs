using Monitoring.Contracts;

namespace Monitoring.Dashboard.Live;

/// <summary>What the board keeps of an alert: enough to show and to filter it, small enough for a hundred thousand of them.</summary>
public sealed class BoardRow
{
    private const int LongestTitle = 240;

    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required AlertState State { get; init; }
    public required Severity Severity { get; init; }
    public required Choice<Domain> Domains { get; init; }
    public required string Title { get; init; }
    public required string Rule { get; init; }
    public required string[] Countries { get; init; }
    public required string[] Alliances { get; init; }
    public string? Assignee { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    public bool IsOpen => State != AlertState.Resolved;

    /// <summary>The order of lists: newest first by creation, then id.</summary>
    public static IComparer<BoardRow> NewestFirst { get; } = Comparer<BoardRow>.Create(static (left, right) =>
    {
        var byTime = right.CreatedAt.CompareTo(left.CreatedAt);
        return byTime != 0 ? byTime : right.Id.CompareTo(left.Id);
    });

    public static BoardRow Of(Alert alert, Shared shared) => new()
    {
        Id = alert.Id,
        Version = alert.Version,
        State = alert.State,
        Severity = alert.Severity,
        Domains = Choice<Domain>.Of(alert.Domains),
        Title = Shorten(alert.Title),
        Rule = shared.One(alert.Rule.Name),
        Countries = shared.List(alert.Countries),
        Alliances = shared.List(alert.Alliances),
        Assignee = alert.Assignee is { } assignee ? shared.One(assignee) : null,
        CreatedAt = alert.CreatedAt,
        RaisedAt = alert.RaisedAt,
    };

    private static string Shorten(string title)
    {
        if (title.Length <= LongestTitle) return title;
        // A surrogate pair is not cut in two.
        var end = char.IsHighSurrogate(title[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1;
        return $"{title.AsSpan(0, end)}…";
    }

    /// <summary>Few rules, countries and operators stand in many rows: each text is kept once. Not for several threads at once.</summary>
    public sealed class Shared
    {
        private const int Limit = 20_000;
        private readonly Dictionary<string, string> texts = [];
        private readonly Dictionary<string, string[]> lists = [];

        public string One(string text)
        {
            if (texts.TryGetValue(text, out var known)) return known;
            if (texts.Count >= Limit) texts.Clear();
            return texts[text] = text;
        }

        public string[] List(IReadOnlyList<string> items)
        {
            if (items.Count == 0) return [];
            var key = string.Join('\n', items);
            if (lists.TryGetValue(key, out var known)) return known;
            if (lists.Count >= Limit) lists.Clear();
            return lists[key] = [.. items.Select(One)];
        }
    }
}
