using Monitoring.Classification.Stories;

namespace Monitoring.Classification.Tests.Stories;

public sealed class BlockKeysTests
{
    [Fact]
    public void Rare_words_find_each_other_in_whatever_order_they_are_told()
    {
        var (one, other) = (Of(2, 3, 5), Of(5, 2, 3));
        // Three words and the pairs of them.
        Assert.Equal(6, one.Count);
        Assert.Equal(one.Select(key => key.Hash).Order(), other.Select(key => key.Hash).Order());
    }

    [Fact]
    public void Words_that_everybody_uses_are_no_keys() => Assert.Empty(BlockKeys.Of(Signed([new(2, 0, IsName: false, IsNumber: false)])));

    [Fact]
    public void However_long_a_title_is_its_keys_are_few_and_fewer_are_kept()
    {
        var keys = Of([.. Enumerable.Range(1, 24)]);
        Assert.InRange(keys.Count, 10, 30);
        Assert.InRange(keys.Count(key => key.IsKept), 5, 12);
    }

    [Fact]
    public void A_minute_finds_the_ones_beside_it_and_a_whole_hour_is_no_minute()
    {
        var (one, next) = (Minutes(7 * 60), Minutes(8 * 60));
        Assert.Contains(one.Single(key => key.IsKept).Hash, next.Select(key => key.Hash));
        Assert.DoesNotContain(one.Single(key => key.IsKept).Hash, Minutes(9 * 60).Select(key => key.Hash));
        Assert.Empty(Minutes(3_600));

        static List<BlockKey> Minutes(long toldAt) => BlockKeys.Of(Signed([]) with { ToldAt = toldAt, HasPublished = true });
    }

    private static List<BlockKey> Of(params int[] words) => BlockKeys.Of(Signed([.. words.Select(word => new WeighedWord(word, 40, IsName: false, IsNumber: false))]));

    private static Signature Signed(IReadOnlyList<WeighedWord> words) => new()
    {
        Words = words, Identifiers = [], Happenings = 0, Domains = 0, Countries = [], ToldAt = 0, HasPublished = false, FeedId = Guid.NewGuid(), Url = 0, Identity = 0,
    };
}
