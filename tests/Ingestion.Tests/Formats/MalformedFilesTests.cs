using System.Runtime.CompilerServices;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Files of well-known parser test suites, kept beside the repository; without them there is nothing to read.</summary>
public sealed class MalformedFilesTests
{
    private static readonly string Folder = Path.Combine(Repository(), "..", "shared", "data", "feeds", "malformed", "json");

    private static IEnumerable<string> Files()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "the files are not there");
        return Directory.GetFiles(Folder).Order();
    }

    [Fact]
    public async Task Every_file_gets_an_answer()
    {
        foreach (var file in Files())
        foreach (var lines in new[] { false, true })
        foreach (var piece in new[] { 1, 4096 })
        {
            var items = await Reading.ItemsOf(await File.ReadAllBytesAsync(file), lines, piece);
            Assert.True(items.Count > 0, $"{file} got no answer");
            Assert.All(items, item => Assert.True(item.Report is null && item.Problems.Count > 0, $"{file}: a file without a title or a text was taken for a report"));
        }
    }

    [Fact]
    public async Task Every_file_inside_a_report_gets_an_answer_and_the_next_line_is_read()
    {
        foreach (var file in Files())
        {
            var body = await File.ReadAllBytesAsync(file);
            byte[] line = [.. body.Select(octet => octet is (byte)'\n' or (byte)'\r' ? (byte)' ' : octet)];
            var items = await Reading.ItemsOf([.. "{\"title\":\"a\",\"x\":"u8, .. line, .. "}\n{\"title\":\"b\"}"u8], lines: true);
            Assert.True(items.Count == 2, $"{file}: {items.Count} items");
            Assert.Equal(items[0].Report is null, items[0].Problems.Count > 0);
            Assert.Equal("b", items[1].Report!.Title);
        }
    }

    /// <summary>The repository may be a second working copy; the files lie beside the first that has them.</summary>
    private static string Repository([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "..", "shared", "data"))) folder = folder.Parent;
        return folder?.FullName ?? Path.GetTempPath();
    }
}
