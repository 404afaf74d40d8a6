using System.Runtime.CompilerServices;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Files that real feeds published, kept beside the repository; where they are not, tests of them are skipped.</summary>
internal static class RealFiles
{
    private static readonly string? Folder = Find();

    public static byte[] Read(string path)
    {
        Assert.SkipUnless(Folder is not null, "the files are not there");
        return File.ReadAllBytes(Path.Combine(Folder!, path));
    }

    public static IEnumerable<string> In(string folder)
    {
        Assert.SkipUnless(Folder is not null, "the files are not there");
        return Directory.GetFiles(Path.Combine(Folder!, folder)).Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(Folder!, file));
    }

    /// <summary>The repository may be a second working copy; the files lie beside the first that has them.</summary>
    private static string? Find([CallerFilePath] string here = "")
    {
        for (var folder = new FileInfo(here).Directory; folder is not null; folder = folder.Parent)
        {
            var files = Path.Combine(folder.FullName, "shared", "data", "feeds");
            if (Directory.Exists(files)) return files;
        }
        return null;
    }
}
