namespace Providers.Tests.Faults;

public sealed class ProviderFaultTests
{
    [Fact]
    public void Nobody_is_asked_to_come_back_for_what_is_permanent()
    {
        Assert.Null(new ProviderFault(FaultWords.QuotaExhausted) { RetryAfter = TimeSpan.FromSeconds(1) }.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1), new ProviderFault(FaultWords.RateLimited) { RetryAfter = TimeSpan.FromSeconds(1) }.RetryAfter);
    }

    [Fact]
    public void A_wait_is_neither_negative_nor_endless()
    {
        Assert.Equal(TimeSpan.Zero, new ProviderFault(FaultWords.ServerError) { RetryAfter = TimeSpan.FromSeconds(-1) }.RetryAfter);
        Assert.Equal(ProviderFault.LongestWait, new ProviderFault(FaultWords.ServerError) { RetryAfter = TimeSpan.MaxValue }.RetryAfter);
    }

    [Fact]
    public void The_message_is_for_people() => Assert.Equal(
        "openai: it takes no more calls for now (HTTP 429).",
        new ProviderException("openai", new(FaultWords.RateLimited) { Status = 429 }).Message);
}
