using System.Text;
using Monitoring.Ingestion.Formats;

namespace Monitoring.Ingestion.Tests.Formats;

/// <summary>What formats of documents hold and keep, at most.</summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task A_name_that_is_too_long_is_a_digest_of_it_also_where_it_is_referred_to()
    {
        var name = new string('n', 600);
        var format = FeedFormats.Named("cap")!;
        var told = await Reading.ReportOf(format, Alert(name, "Alert", ""));
        var update = await Reading.ReportOf(format, Alert("u", "Update", $"<references>a@b.example,{name},2026-11-22T08:00:00Z</references>"));
        Assert.Equal(64, told.ExternalId.Length);
        Assert.Equal([told.ExternalId], update.References);
    }

    [Fact]
    public async Task An_attributes_name_with_U_0000_is_refused() =>
        Assert.Equal("U+0000", (await Reading.ProblemOf(FeedFormats.Named("csv")!, "title,a\0b\nx,y\n")).Found);

    [Theory]
    [InlineData("csv", "nonsense,more\n1,2\n")]
    [InlineData("gdelt", "a\tb\n")]
    public async Task A_table_that_is_refused_whole_keeps_its_bytes(string name, string table)
    {
        var item = Assert.Single(await Reading.ItemsOf(FeedFormats.Named(name)!, table));
        Assert.NotEmpty(item.Problems);
        Assert.Equal(table, Encoding.UTF8.GetString(item.Raw));
    }

    [Fact]
    public async Task A_header_that_would_be_kept_with_each_row_is_bounded()
    {
        var problem = await Reading.ProblemOf(FeedFormats.Named("csv")!, $"title,{new string('h', 20_000)}\na,b\nc,d\n");
        Assert.StartsWith("a header of at most", problem.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gdelt", "x\n")]
    [InlineData("csv", "a\n")]
    public async Task Items_beyond_those_that_a_body_may_have_are_not_gathered(string name, string row)
    {
        var body = Encoding.UTF8.GetBytes("title\n" + string.Concat(Enumerable.Repeat(row, 2_000_000)));
        var format = FeedFormats.Named(name)!;
        var before = GC.GetTotalAllocatedBytes();
        await foreach (var _ in format.ReadAsync(FeedBody.Of(body), FormatLimits.Default with { Items = 1_000 }, TestContext.Current.CancellationToken)) break;
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64L << 20);
    }

    private static string Alert(string name, string type, string references) => $"""
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{name}</identifier><sender>a@b.example</sender><sent>2026-11-22T08:00:00Z</sent>
        <status>Actual</status><msgType>{type}</msgType><scope>Public</scope>{references}<info><category>Met</category><event>Storm</event>
        <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty></info></alert>
        """;
}
