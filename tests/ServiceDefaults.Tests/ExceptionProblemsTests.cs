using Microsoft.AspNetCore.Http;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.ServiceDefaults.Tests;

public sealed class ExceptionProblemsTests
{
    [Theory]
    [InlineData("Nullable<Guid>", "demo", "expected an id, found 'demo'")]
    [InlineData("int", "ten", "expected a whole number, found 'ten'")]
    [InlineData("Nullable<bool>", "yes", "expected true or false, found 'yes'")]
    public void A_parameter_of_another_kind_is_told_by_its_name(string type, string found, string told)
    {
        var problem = ExceptionProblems.Describe(new BadHttpRequestException($"Failed to bind parameter \"{type} FeedId\" from \"{found}\"."));
        var invalid = Assert.IsType<HttpValidationProblemDetails>(problem);
        Assert.Equal(("feedId", told), (Assert.Single(invalid.Errors).Key, invalid.Errors["feedId"][0]));
    }
}
