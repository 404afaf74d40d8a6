using System.Net.Http.Headers;
using System.Net.Sockets;
using Monitoring.Alerting.Delivery;
using Monitoring.ServiceDefaults.Http;

namespace Monitoring.Alerting.Tests.Delivery;

public sealed class HttpOutcomesTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    public void What_begins_with_2_is_delivered(int status) => Assert.IsType<DeliveryOutcome.Delivered>(HttpOutcomes.Of(status, "", null));

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(599)]
    public void What_may_pass_is_tried_again(int status) => Assert.IsType<DeliveryOutcome.Retry>(HttpOutcomes.Of(status, "", null));

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(101)]
    public void What_will_not_pass_is_not_tried_again(int status) => Assert.IsType<DeliveryOutcome.Refused>(HttpOutcomes.Of(status, "", null));

    [Fact]
    public void Gone_is_gone_for_the_whole_channel() => Assert.IsType<DeliveryOutcome.Gone>(HttpOutcomes.Of(410, "", null));

    [Fact]
    public void The_reason_is_one_line_of_bounded_length_that_a_database_takes()
    {
        var reason = HttpOutcomes.Of(400, "invalid\0\r\npayload" + new string('x', 2_000), null).Reason!;
        Assert.StartsWith("answered 400: invalid   payload", reason, StringComparison.Ordinal);
        Assert.InRange(reason.Length, 100, 400);
    }

    [Fact]
    public void A_refused_connection_is_tried_again_and_says_so()
    {
        var outcome = HttpOutcomes.Of(new HttpRequestException("connect", new SocketException((int)SocketError.ConnectionRefused)));
        Assert.Contains("refused", Assert.IsType<DeliveryOutcome.Retry>(outcome).Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_time_out_is_tried_again() => Assert.Equal("no answer in time", Assert.IsType<DeliveryOutcome.Retry>(HttpOutcomes.Of(new TaskCanceledException())).Reason);

    [Fact]
    public void An_internal_address_is_never_tried_again() =>
        Assert.IsType<DeliveryOutcome.Refused>(HttpOutcomes.Of(new HttpRequestException("connect", new InternalAddressException("x is an internal address"))));

    [Fact]
    public void Retry_after_may_be_seconds_or_a_date()
    {
        Assert.Null(HttpOutcomes.WaitOf(null, Samples.Now));
        Assert.Equal(TimeSpan.FromSeconds(3), HttpOutcomes.WaitOf(RetryConditionHeaderValue.Parse("3"), Samples.Now));
        Assert.Equal(TimeSpan.FromMinutes(2), HttpOutcomes.WaitOf(new RetryConditionHeaderValue(Samples.Now.AddMinutes(2)), Samples.Now));
        Assert.Equal(TimeSpan.Zero, HttpOutcomes.WaitOf(new RetryConditionHeaderValue(Samples.Now.AddMinutes(-2)), Samples.Now));
    }
}
