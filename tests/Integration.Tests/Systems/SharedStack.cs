namespace Monitoring.Integration.Tests.Systems;

/// <summary>Two copies of every service that the tests share which break none of them: each makes its own feed, rules and channels.</summary>
public sealed class SharedStack(Servers servers) : IAsyncLifetime
{
    /// <summary>A post may have so many items, so that who goes over the bound leaves no heap of work for the test that comes after.</summary>
    public const int ItemsAtMost = 2_000;

    private Stack? stack;

    internal Stack Stack => stack!;

    public async ValueTask InitializeAsync() => stack = await Stack.StartAsync(
        servers, copies: 2, new Dictionary<string, string> { ["Intake__MaxItems"] = $"{ItemsAtMost}" });

    public async ValueTask DisposeAsync()
    {
        if (stack is not null) await stack.DisposeAsync();
    }
}

/// <summary>The tests that share a stack, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedStackTests : ICollectionFixture<SharedStack>
{
    public const string Name = "shared stack";
}
