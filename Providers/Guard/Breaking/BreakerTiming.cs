namespace Providers.Guard.Breaking;

/// <summary>The times by which breakers keep in step. Only tests set them.</summary>
internal sealed record BreakerTiming
{
    /// <summary>How often each process asks Redis how the circuits are, should a message be lost.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a probe is waited for that isn't renewed with each poll: its process is gone.</summary>
    public TimeSpan ProbeLease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call that would be the probe waits for Redis before this process goes by its own breaker.</summary>
    public TimeSpan RedisTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long anything else waits for Redis: no call waits with it.</summary>
    public TimeSpan Patience => RedisTimeout * 4;

    /// <summary>For how long Redis keeps a circuit that no process asks for.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);
}
