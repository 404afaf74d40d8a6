using System.Diagnostics;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>Waits for a condition, with a deadline: the only way that these tests wait.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is yes; the failure says what was waited for.</summary>
    public static Task IsTrueAsync(string what, TimeSpan deadline, Func<Task<bool>> condition) =>
        HasAsync(what, deadline, async () => await condition() ? "yes" : null);

    public static Task IsTrueAsync(string what, TimeSpan deadline, Func<bool> condition) => IsTrueAsync(what, deadline, () => Task.FromResult(condition()));

    /// <summary>Asks again and again until there is something.</summary>
    public static async Task<T> HasAsync<T>(string what, TimeSpan deadline, Func<Task<T?>> find) where T : class
    {
        var started = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Interval);
        try
        {
            for (var left = deadline; left > TimeSpan.Zero; left = deadline - started.Elapsed)
            {
                if (await find().WaitAsync(left, TimeProvider.System) is { } found) return found;
                await timer.WaitForNextTickAsync();
            }
        }
        catch (TimeoutException)
        {
            // The question itself took too long: told like an answer that never came.
        }
        throw new TimeoutException($"{what}: not within {deadline.TotalSeconds} s.");
    }

    /// <summary>Asks again and again until two values are the same; the failure tells both.</summary>
    public static async Task EqualsAsync<T>(string what, TimeSpan deadline, T expected, Func<Task<T>> actual)
    {
        var last = default(T);
        try
        {
            await IsTrueAsync(what, deadline, async () => EqualityComparer<T>.Default.Equals(expected, last = await actual()));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{what}: expected {expected}, but after {deadline.TotalSeconds} s it was {last}.");
        }
    }
}
