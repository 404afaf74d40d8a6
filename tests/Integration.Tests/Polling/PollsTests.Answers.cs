using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Monitoring.Integration.Tests.Polling;

/// <summary>What publishers answer, and where they send us.</summary>
public sealed partial class PollsTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_answer_is_read_whole(string encoding)
    {
        var server = await ServeAsync((context, _) => AnswerAsync(context, Compress(Report, encoding), encoding));
        await PollAsync(server.Address);
        await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.Equal(["a"], await ReportsAsync());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_answer_that_breaks_off_is_no_whole_one_and_is_asked_for_anew(string encoding)
    {
        var whole = Compress($"[{Report}]", encoding);
        var server = await ServeAsync((context, calls) =>
        {
            context.Response.Headers.ETag = "\"one\"";
            return AnswerAsync(context, calls == 0 ? whole[..^4] : whole, encoding);
        });
        await PollAsync(server.Address);
        await PollIsAsync("polled again", view => view is { Etag: not null, Failures: 0 });
        Assert.Null(server.Calls[1]["If-None-Match"]);
        Assert.Equal(["a"], await ReportsAsync());
    }

    [Fact]
    public async Task What_is_not_gzip_is_told()
    {
        var server = await ServeAsync((context, _) => AnswerAsync(context, Encoding.UTF8.GetBytes(Report), "gzip"));
        await FailsAsync(server.Address, "compressed body is broken");
    }

    [Fact]
    public async Task A_zip_bomb_goes_off_at_the_bound()
    {
        var bomb = Compress($"[{Report}{new string(' ', 64 << 20)}]", "gzip");
        var server = await ServeAsync((context, _) => AnswerAsync(context, bomb, "gzip"));
        await FailsAsync(server.Address, "larger than 1048576 bytes");
    }

    [Fact]
    public async Task An_answer_without_end_is_ended_at_the_bound()
    {
        var server = await ServeAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[");
            var blank = new byte[64 << 10];
            Array.Fill(blank, (byte)' ');
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(blank, context.RequestAborted);
        });
        await FailsAsync(server.Address, "larger than 1048576 bytes");
    }

    [Fact]
    public async Task An_answer_that_drips_is_left_when_its_time_is_over_and_what_came_stands()
    {
        var server = await ServeAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/x-ndjson";
            await context.Response.WriteAsync($"{Report}\n");
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await timer.WaitForNextTickAsync(context.RequestAborted)) await context.Response.WriteAsync(" ", context.RequestAborted);
        });
        // Where the format is known, nothing has to be gathered to tell it by.
        using var told = await stack.Api.SendAsync(HttpMethod.Patch, stack.Ingestion[0], $"/v1/feeds/{feed.Id}", new { format = "ndjson" });
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);
        await FailsAsync(server.Address, "within the time allowed");
        Assert.Equal(["a"], await ReportsAsync());
    }

    [Fact]
    public async Task A_server_that_takes_the_question_and_says_nothing_is_left()
    {
        var server = await ServeAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        Assert.Null((await FailsAsync(server.Address, "no answer within the time allowed")).LastStatus);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_no_whole_one()
    {
        var server = await ServeAsync(async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 10_000;
            // The server closes the connection, since the rest never comes.
            await context.Response.WriteAsync($"[{Report},");
        });
        Assert.Null((await FailsAsync(server.Address, "connection broke off")).Etag);
    }

    [Fact]
    public async Task A_few_redirects_are_followed_and_credentials_stay_where_they_belong()
    {
        var other = await ServeAsync((context, _) => AnswerAsync(context, Report));
        var server = await ServeAsync((context, _) =>
        {
            context.Response.Redirect(context.Request.Path == "/feed" ? "/moved" : other.Address);
            return Task.CompletedTask;
        });
        await PollAsync(server.Address, auth: new { kind = "basic", user = "me", password = "s3cret" });
        await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.Equal(["/feed", "/moved"], server.Calls.Take(2).Select(call => call.Path));
        Assert.All(server.Calls, call => Assert.Equal("Basic bWU6czNjcmV0", call["Authorization"]));
        Assert.Null(other.Calls[0]["Authorization"]);
        Assert.Equal(["a"], await ReportsAsync());
    }

    [Fact]
    public async Task Credentials_that_were_left_behind_stay_behind_also_where_a_foreign_server_leads_back()
    {
        FeedServer? home = null;
        var other = await ServeAsync((context, _) =>
        {
            context.Response.Redirect($"{home!.Root}back");
            return Task.CompletedTask;
        });
        home = await ServeAsync((context, _) =>
        {
            if (context.Request.Path == "/back") return AnswerAsync(context, Report);
            context.Response.Redirect(other.Address);
            return Task.CompletedTask;
        });
        await PollAsync(home.Address, auth: new { kind = "bearer", token = "s3cret" });
        await PollIsAsync("polled", view => view.LastStatus == 200);
        Assert.Equal([("/feed", "Bearer s3cret"), ("/back", null)], home.Calls.Take(2).Select(call => (call.Path, call["Authorization"])));
    }

    [Fact]
    public async Task A_redirect_that_never_ends_is_left_after_five()
    {
        var server = await ServeAsync((context, _) =>
        {
            context.Response.Redirect("/feed");
            return Task.CompletedTask;
        });
        await FailsAsync(server.Address, "more than 5 redirects");
    }

    [Theory]
    [InlineData("http://[::1]:80/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task A_redirect_into_this_network_is_not_followed(string target)
    {
        var server = await ServeAsync((context, _) =>
        {
            context.Response.Redirect(target);
            return Task.CompletedTask;
        });
        await FailsAsync(server.Address, "internal address, which Polling:AllowedPrivateNetworks does not name");
    }
}
