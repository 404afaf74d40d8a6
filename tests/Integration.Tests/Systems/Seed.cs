using System.Globalization;
using System.Security.Cryptography;

namespace Monitoring.Integration.Tests.Systems;

/// <summary>Where a test's randomness comes from: <c>MONITORING_TEST_SEED</c> repeats a run.</summary>
internal static class Seed
{
    public static int Next()
    {
        var given = Environment.GetEnvironmentVariable("MONITORING_TEST_SEED");
        var seed = given is null ? RandomNumberGenerator.GetInt32(int.MaxValue) : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"MONITORING_TEST_SEED={seed}");
        return seed;
    }
}
