using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Monitoring.Ingestion.Intake;

namespace Monitoring.Ingestion.Tests.Intake;

public sealed class PostBodyTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("")]
    public async Task A_body_is_read_whatever_encoding_it_has(string encoding)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("some text ", 10_000)));
        Assert.Equal(content, await ReadAsync(Encode(content, encoding), encoding, maxBytes: 1 << 20));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("deflate")]
    public void Another_encoding_is_none(string encoding) => Assert.Null(PostBody.Open(Request([], encoding), maxBytes: 1024));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_goes_off_at_the_bound(string encoding)
    {
        var bomb = Encode(new byte[8 << 20], encoding);
        var failure = await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(bomb, encoding, maxBytes: 1 << 20));
        Assert.Equal(413, BodyFault.Of(failure, CancellationToken.None)!.Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Broken_data_is_the_bodys_fault(string encoding)
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Encoding.UTF8.GetBytes(new string('x', 100)), encoding, maxBytes: 1 << 20));
        Assert.Equal(400, BodyFault.Of(failure, CancellationToken.None)!.Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Compressed_data_that_breaks_off_anywhere_is_told_from_data_that_ends(string encoding)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(number => $"{number * number} ")));
        var whole = Encode(content, encoding);
        Assert.Equal(content, await ReadAsync(whole, encoding, maxBytes: 1 << 20));
        for (var length = 1; length < whole.Length; length++)
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(whole[..length], encoding, maxBytes: 1 << 20));
    }

    [Fact]
    public async Task Gzip_of_several_members_is_one_body()
    {
        byte[] members = [.. Encode("one "u8.ToArray(), "gzip"), .. Encode("two"u8.ToArray(), "gzip")];
        Assert.Equal("one two"u8.ToArray(), await ReadAsync(members, "gzip", maxBytes: 1024));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(members[..^6], "gzip", maxBytes: 1024));
    }

    [Fact]
    public async Task Compressed_data_that_holds_nothing_ends_at_the_bound_too()
    {
        byte[] empty = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var endless = Enumerable.Repeat(empty, 1_000).SelectMany(member => member).ToArray();
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(endless, "gzip", maxBytes: 1024));
    }

    [Fact]
    public void A_body_that_takes_too_long_is_told_from_one_that_broke_off()
    {
        Assert.Equal(408, BodyFault.Of(new OperationCanceledException(), new CancellationToken(canceled: true))!.Status);
        Assert.Equal(400, BodyFault.Of(new OperationCanceledException(), CancellationToken.None)!.Status);
        Assert.Equal(400, BodyFault.Of(new IOException(), CancellationToken.None)!.Status);
    }

    [Fact]
    public void A_defect_of_ours_is_not_the_bodys_fault() => Assert.Null(BodyFault.Of(new InvalidOperationException(), CancellationToken.None));

    private static async Task<byte[]> ReadAsync(byte[] body, string encoding, long maxBytes)
    {
        await using var opened = PostBody.Open(Request(body, encoding), maxBytes);
        var content = new MemoryStream();
        await opened!.Reader.CopyToAsync(content);
        return content.ToArray();
    }

    private static DefaultHttpContext Request(byte[] body, string encoding) => new()
    {
        Request = { Body = new MemoryStream(body), Headers = { ContentEncoding = encoding } },
    };

    private static byte[] Encode(byte[] content, string encoding)
    {
        var encoded = new MemoryStream();
        Stream? encoder = encoding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(encoded, CompressionMode.Compress),
            "br" => new BrotliStream(encoded, CompressionMode.Compress),
            _ => null,
        };
        if (encoder is null) return content;
        using (encoder) encoder.Write(content);
        return encoded.ToArray();
    }
}
