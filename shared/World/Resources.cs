namespace Monitoring.World;

/// <summary>The data files that are built into this assembly.</summary>
internal static class Resources
{
    public static Stream Open(string file) =>
        typeof(Resources).Assembly.GetManifestResourceStream($"Monitoring.World.{file}") ?? throw new InvalidOperationException($"{file} is not built in.");
}
