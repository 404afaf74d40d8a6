namespace Monitoring.Classification.Tests;

/// <summary>Files of samples that lie beside the tests that read them.</summary>
internal static class Samples
{
    public static IEnumerable<string> Lines(params string[] path) => File.ReadLines(Path.Combine([AppContext.BaseDirectory, .. path])).Where(line => line.Length > 0 && !line.StartsWith('#'));
}
