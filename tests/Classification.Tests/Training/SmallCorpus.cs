using Monitoring.Classification.Training;
using Monitoring.Contracts;

namespace Monitoring.Classification.Tests.Training;

/// <summary>A corpus small enough to read, of made-up headlines.</summary>
internal static class SmallCorpus
{
    public static readonly TrainingOptions Options = new() { Version = "small", Epochs = 4, Folds = 2 };

    public static IReadOnlyList<LabelledText> Texts { get; } =
    [
        .. Many(Domain.Cyber, Severity.Medium, "Intruders steal passwords of a parcel service", "Ransom note appears on screens of a town hall", "Patch closes hole in office printers"),
        .. Many(Domain.Economic, Severity.Low, "Central bank leaves its rate where it is", "Shipyard reports higher profit", "Wheat gets dearer after poor harvest"),
        .. Many(Domain.Climate, Severity.High, "River bursts its banks and two people drown", "Gale tears roofs off farms", "Tremor shakes the valley before dawn"),
        .. Many(Domain.Military, Severity.High, "Shells fall on a village at the front", "Patrol boats fire on a landing party", "Truce breaks after a night of bombardment"),
        .. Many(null, null, "Choir wins a prize at the song festival", "Museum shows toys of old", "Recipe for a soup of beets"),
    ];

    /// <summary>Each headline in a few forms, so that there is something to learn.</summary>
    private static IEnumerable<LabelledText> Many(Domain? domain, Severity? severity, params string[] titles) =>
        from title in titles
        from place in (string[])["north", "south", "east", "west"]
        select new LabelledText
        {
            Id = $"{title} {place}", Title = $"{title}, {place}", Domains = domain is { } known ? [known] : [], Severity = severity,
            Published = new DateTimeOffset(2026, place.Length % 2 + 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
}
