using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Providers.Tests.Guard;

/// <summary>What the settings may be, and how a host gets the guard.</summary>
public sealed class GuardOptionsTests
{
    [Fact]
    public void Limits_below_one_and_waits_beyond_half_a_minute_are_refused()
    {
        var limits = new ThrottleOptions { RequestsPerMinute = 0, TokensPerMinute = 0, MaxConcurrent = 0, LongestWait = TimeSpan.FromMinutes(1) };

        Assert.Equal(4, Failures(new() { Throttle = limits }).Count);
        Assert.Equal(4, Failures(new() { Models = { ["large"] = new() { Throttle = limits } } }).Count);
        Assert.Empty(Failures(new()));
    }

    [Fact]
    public void A_longest_break_that_is_shorter_than_the_first_is_refused()
    {
        var breaker = new BreakerOptions { Break = TimeSpan.FromMinutes(1), LongestBreak = TimeSpan.FromSeconds(1) };

        const string Expected = "LongestBreak (00:00:01) must not be shorter than Break (00:01:00).";
        Assert.EndsWith(Expected, Assert.Single(Failures(new() { Breaker = breaker })), StringComparison.Ordinal);
        Assert.EndsWith(Expected, Assert.Single(Failures(new() { Models = { ["large"] = new() { Breaker = breaker } } })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_price_below_nothing_is_refused() =>
        Assert.Contains("Prices:large", Assert.Single(Failures(new() { Prices = { ["large"] = new(PerCall: -1) } })), StringComparison.Ordinal);

    [Fact]
    public void Retries_and_times_out_of_range_are_refused() => Assert.Equal(3, Failures(new()
    {
        Retry = new() { MaxRetries = 11, LongestWait = TimeSpan.FromHours(1) },
        Timeout = TimeSpan.Zero,
    }).Count);

    [Fact]
    public async Task A_host_without_Redis_keeps_the_limits_by_itself()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLogging();
        builder.AddProviderGuard();
        builder.AddProviderGuard();
        using var host = builder.Build();
        Assert.Equal(2, host.Services.GetServices<IHostedService>().Count());
        await host.StartAsync(TestContext.Current.CancellationToken);
        var throttle = host.Services.GetRequiredService<Throttles>().For(
            FleetMember.Provider, new() { RequestsPerMinute = 2, LongestWait = TimeSpan.Zero });

        (await throttle.AcquireAsync(0, TestContext.Current.CancellationToken)).Dispose();
        (await throttle.AcquireAsync(0, TestContext.Current.CancellationToken)).Dispose();
        var refusal = await Assert.ThrowsAsync<ThrottledException>(async () => await throttle.AcquireAsync(0, TestContext.Current.CancellationToken));

        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(62));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static List<string> Failures(GuardOptions options) => [.. new GuardOptionsValidator().Validate(null, options).Failures ?? []];
}
