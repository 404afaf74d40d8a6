using Monitoring.Classification.Retraining;
using Monitoring.Classification.Storage;

namespace Monitoring.Classification.Tests.Retraining;

public sealed class RetrainingScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // Nothing was trained yet: the first correction begins the time.
    [InlineData(-24, -1, null, null, true)]
    [InlineData(-23, -1, null, null, false)]
    // Afterwards the last training does, and only what came after it is something new.
    [InlineData(-99, -1, -24, -25, true)]
    [InlineData(-99, -1, -23, -24, false)]
    [InlineData(-99, -48, -47, -48, false)]
    // A correction that was made while a training ran is older than its model, and newer than what that learnt from.
    [InlineData(-99, -31, -30, -32, true)]
    public void Training_is_due_a_day_after_the_last_one_where_there_is_something_new(int first, int last, int? trained, int? learntUntil, bool isDue)
    {
        var models = trained is null ? [] : new[] { Trained("own-2", trained.Value, learntUntil!.Value) };
        Assert.Equal(isDue, IsDue(first, last, null, models));
    }

    [Fact]
    public void What_was_trained_upon_another_built_in_model_does_not_count()
    {
        Assert.True(IsDue(-99, -50, null, [Trained("own-1", -1, -50)]));
        Assert.False(IsDue(-99, -2, null, [Trained("own-1", -30, -50), Trained("own-2", -3, -50)]));
    }

    [Fact]
    public void Nothing_is_trained_by_itself_while_a_person_s_way_back_holds()
    {
        Assert.False(IsDue(-99, -1, new(2, "own-2", Holds: true), [Trained("own-2", -48, -50)]));
        Assert.True(IsDue(-99, -1, new(2, "own-2", Holds: false), [Trained("own-2", -48, -50)]));
    }

    private static bool IsDue(int first, int last, LastActivation? activation, IEnumerable<TrainedModel> models) =>
        RetrainingSchedule.IsDue((Noon.AddHours(first), Noon.AddHours(last)), activation, models, "own-2", TimeSpan.FromDays(1), Noon);

    private static TrainedModel Trained(string foundation, int at, int learntUntil)
    {
        var nothing = new BeforeAndAfter(new(0, 0, 0, null), new(0, 0, 0, null), new(0, 0), new(0, 0));
        return new($"{foundation}-r1", Noon.AddHours(at), "schedule", foundation, foundation, 1, 0, Noon.AddHours(learntUntil), new(null, nothing, nothing, null));
    }
}
