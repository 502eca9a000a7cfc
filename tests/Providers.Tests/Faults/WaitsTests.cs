using Microsoft.Extensions.Time.Testing;
using Providers.Faults;

namespace Providers.Tests.Faults;

public sealed class WaitsTests
{
    private readonly FakeTimeProvider time = new(new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("retry-after: 20", 20_000)]
    [InlineData("retry-after: 0", 0)]
    [InlineData("retry-after: 1.5", 1500)]
    [InlineData("retry-after: Sat, 31 Jan 2026 12:00:07 GMT", 7000)]
    [InlineData("retry-after: Sat, 31 Jan 2026 12:00:07 GMT|date: Sat, 31 Jan 2026 12:00:05 GMT", 2000)]
    [InlineData("retry-after: Sat, 31 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after-ms: 250|retry-after: 1", 250)]
    [InlineData("retry-after: 2|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 9s", 2000)]
    [InlineData("x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 120ms|x-ratelimit-remaining-tokens: 5|x-ratelimit-reset-tokens: 6m0s", 120)]
    [InlineData("x-ratelimit-remaining-requests: 7|x-ratelimit-reset-requests: 1s|x-ratelimit-remaining-tokens: 5|x-ratelimit-reset-tokens: 6m0s", 360_000)]
    [InlineData("x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 1s|x-ratelimit-remaining-tokens: 0|x-ratelimit-reset-tokens: 3s", 3000)]
    [InlineData("x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 8s|x-ratelimit-remaining-tokens: 0|x-ratelimit-reset-tokens: 3s", 8000)]
    [InlineData("x-ratelimit-reset-requests: 8s", 8000)]
    [InlineData("retry-after: 1e9", null)]
    [InlineData("retry-after: soon", null)]
    [InlineData("retry-after: -5", null)]
    [InlineData("", null)]
    public void Headers_tell_how_long_to_wait(string headers, int? milliseconds) => Assert.Equal(milliseconds, Read(headers, isRateLimited: true));

    [Fact]
    public void Nobody_waits_for_more_than_a_day() => Assert.Equal(86_400_000, Read("retry-after: " + new string('9', 400), isRateLimited: true));

    [Fact]
    public void What_is_left_of_limits_says_nothing_of_other_faults() => Assert.Null(Read("x-ratelimit-reset-tokens: 8s", isRateLimited: false));

    [Theory]
    [InlineData("1s", 1000)]
    [InlineData("6m0s", 360_000)]
    [InlineData("120ms", 120)]
    [InlineData("1h2m3.5s", 3_723_500)]
    [InlineData("45.837906927s", 45_838)]
    [InlineData("1d", 86_400_000)]
    [InlineData("500us", 1)]
    [InlineData("5", null)]
    [InlineData("s", null)]
    [InlineData("1.2.3s", null)]
    [InlineData("3 s", null)]
    [InlineData("-1s", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Durations_are_read_as_Go_writes_them(string? text, int? milliseconds) =>
        Assert.Equal(milliseconds, GoDuration.Read(text) is { } wait ? (int)Math.Round(wait.TotalMilliseconds, MidpointRounding.AwayFromZero) : null);

    private int? Read(string headers, bool isRateLimited)
    {
        var values = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": ", 2)).ToDictionary(header => header[0], header => header[1]);
        return (int?)Waits.Of(values.GetValueOrDefault, time, isRateLimited)?.TotalMilliseconds;
    }
}
