using Providers.Guard.Throttling;

namespace Providers.Tests.Guard;

/// <summary>A minute of three seconds.</summary>
internal static class Quick
{
    public static readonly ThrottleTiming Timing = new()
    {
        Window = TimeSpan.FromSeconds(3),
        Margin = TimeSpan.FromMilliseconds(75),
        Slice = TimeSpan.FromMilliseconds(12),
        Lease = TimeSpan.FromSeconds(1),
        Beat = TimeSpan.FromMilliseconds(100),
        Settling = TimeSpan.FromMilliseconds(500),

        // The machine that runs the tests may be busy for longer than a call would wait for Redis.
        RedisTimeout = TimeSpan.FromSeconds(2),
    };

    public static ThrottleOptions Limits(int? requests = null, long? tokens = null, int? concurrent = null, TimeSpan? longestWait = null) => new()
    {
        RequestsPerMinute = requests,
        TokensPerMinute = tokens,
        MaxConcurrent = concurrent,
        LongestWait = longestWait ?? Timing.Window * 1.9,
        Timing = Timing,
    };
}
