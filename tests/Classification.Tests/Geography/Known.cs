using Monitoring.Classification.Actors;
using Monitoring.Classification.Geography;

namespace Monitoring.Classification.Tests.Geography;

/// <summary>The names that are built in, read once.</summary>
internal static class Known
{
    public static Gazetteer Gazetteer { get; } = Gazetteer.Load();

    public static ActorNames Actors { get; } = ActorNames.Load();
}
