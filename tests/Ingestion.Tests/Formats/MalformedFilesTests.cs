namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>Files of well-known parser test suites, kept beside the repository; without them there is nothing to read.</summary>
public sealed class MalformedFilesTests
{
    private const string Folder = "malformed/json";

    [Fact]
    public async Task Every_file_gets_an_answer()
    {
        foreach (var file in RealFiles.In(Folder))
        foreach (var lines in new[] { false, true })
        foreach (var piece in new[] { 1, 4096 })
        {
            var items = await Reading.ItemsOf(RealFiles.Read(file), lines, piece);
            Assert.True(items.Count > 0, $"{file} got no answer");
            Assert.All(items, item => Assert.True(item.Report is null && item.Problems.Count > 0, $"{file}: a file without a title or a text was taken for a report"));
        }
    }

    [Fact]
    public async Task Every_file_inside_a_report_gets_an_answer_and_the_next_line_is_read()
    {
        foreach (var file in RealFiles.In(Folder))
        {
            var body = RealFiles.Read(file);
            byte[] line = [.. body.Select(octet => octet is (byte)'\n' or (byte)'\r' ? (byte)' ' : octet)];
            var items = await Reading.ItemsOf([.. "{\"title\":\"a\",\"x\":"u8, .. line, .. "}\n{\"title\":\"b\"}"u8], lines: true);
            Assert.True(items.Count == 2, $"{file}: {items.Count} items");
            Assert.Equal(items[0].Report is null, items[0].Problems.Count > 0);
            Assert.Equal("b", items[1].Report!.Title);
        }
    }
}
