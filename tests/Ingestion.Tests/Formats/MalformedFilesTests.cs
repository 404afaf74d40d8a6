using System.Runtime.CompilerServices;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Files of well-known parser test suites, kept beside the repository; without them there is nothing to read.</summary>
public sealed class MalformedFilesTests
{
    private static readonly string Folder = Path.Combine(Repository(), "..", "shared", "data", "feeds", "malformed", "json");

    public static TheoryData<string> Files =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order()] : [];

    public static bool AreMissing => !Directory.Exists(Folder);

    [Theory(Skip = "the files are not there", SkipWhen = nameof(AreMissing), SkipTestWithoutData = true), MemberData(nameof(Files))]
    public async Task Every_file_gets_an_answer(string file)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
        foreach (var lines in new[] { false, true })
        foreach (var piece in new[] { 1, 4096 })
        {
            var items = await Reading.ItemsOf(body, lines, piece);
            Assert.NotEmpty(items);
            Assert.All(items, item => Assert.True(item.Report is null && item.Problems.Count > 0, "a file without a title or a text was taken for a report"));
        }
    }

    [Theory(Skip = "the files are not there", SkipWhen = nameof(AreMissing), SkipTestWithoutData = true), MemberData(nameof(Files))]
    public async Task Every_file_inside_a_report_gets_an_answer_and_the_next_line_is_read(string file)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
        byte[] line = [.. body.Select(octet => octet is (byte)'\n' or (byte)'\r' ? (byte)' ' : octet)];
        var items = await Reading.ItemsOf([.. "{\"title\":\"a\",\"x\":"u8, .. line, .. "}\n{\"title\":\"b\"}"u8], lines: true);
        Assert.Equal(2, items.Count);
        Assert.Equal(items[0].Report is null, items[0].Problems.Count > 0);
        Assert.Equal("b", items[1].Report!.Title);
    }

    /// <summary>The repository may be a second working copy; the files lie beside the first that has them.</summary>
    private static string Repository([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "..", "shared", "data"))) folder = folder.Parent;
        return folder?.FullName ?? Path.GetTempPath();
    }
}
