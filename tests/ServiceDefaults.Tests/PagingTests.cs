using Monitoring.ServiceDefaults.Http;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class PagingTests
{
    [Fact]
    public void A_cursor_survives_its_way_through_a_url()
    {
        var cursor = new Cursor(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddTicks(9), Guid.NewGuid());
        Assert.True(Cursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor, read);
        Assert.DoesNotContain(cursor.ToString(), c => c is '+' or '/' or '=');
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense!")]
    [InlineData("MTIz")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OS4wMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA")]
    public void A_cursor_that_is_none_is_a_problem_of_the_parameter(string text)
    {
        Assert.False(Paging.TryRead(10, text, out _, out var problem));
        Assert.Equal(400, problem!.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_limit_out_of_bounds_is_a_problem_of_the_parameter(int limit) => Assert.False(Paging.TryRead(limit, null, out _, out _));

    [Fact]
    public void A_page_tells_where_the_next_one_begins_and_the_last_one_nothing()
    {
        Assert.True(Paging.TryRead(2, null, out var paging, out _));
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        var page = paging!.Page(ids, id => new Cursor(DateTimeOffset.UnixEpoch, id));
        Assert.Equal(ids[..2], page.Items);
        Assert.Equal(new Cursor(DateTimeOffset.UnixEpoch, ids[1]).ToString(), page.Next);
        Assert.Null(paging.Page(ids[..2], id => new Cursor(DateTimeOffset.UnixEpoch, id)).Next);
    }
}
