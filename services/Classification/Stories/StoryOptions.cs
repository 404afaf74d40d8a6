namespace Monitoring.Classification.Stories;

/// <summary>How reports are joined into stories; section <c>Stories</c>.</summary>
internal sealed class StoryOptions
{
    /// <summary>Reports that were told further apart are never joined by their words.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(96);
}
