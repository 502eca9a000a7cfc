namespace ProviderSimulator;

/// <summary>The time of day, which never goes backwards, whatever is done to the machine's.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long stamp = time.GetTimestamp();

    public DateTimeOffset Now => start + time.GetElapsedTime(stamp);
}
