namespace Monitoring.Dashboard.Upstream;

/// <summary>What another service said, or that it said nothing: a page shows each in its own words.</summary>
public abstract record Answer<T>
{
    public sealed record Given(T Value) : Answer<T>;

    /// <summary>There is no such thing.</summary>
    public sealed record Missing : Answer<T>;

    /// <summary>The service understood and declined; <c>Problem</c> is its own sentence.</summary>
    public sealed record Refused(int Status, string Problem) : Answer<T>;

    /// <summary>The service could not be asked.</summary>
    public sealed record Away(string Service, string Reason) : Answer<T>;

    /// <summary>The value, where there is one.</summary>
    public T? ValueOrDefault => this is Given given ? given.Value : default;
}
