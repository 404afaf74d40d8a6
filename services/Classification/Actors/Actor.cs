namespace Monitoring.Classification.Actors;

/// <summary>What a named group or organisation is.</summary>
internal enum ActorKind { Espionage, Crime, Ransomware, Hacktivist, Armed, Organisation }

/// <summary>A named group or organisation.</summary>
/// <param name="Name">The name that findings carry, whichever of its names a text uses.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the state that it is attributed to or sits in; <c>null</c> where nobody says.</param>
internal sealed record Actor(string Name, ActorKind Kind, string? Country);
