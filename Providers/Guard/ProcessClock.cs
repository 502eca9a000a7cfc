namespace Providers.Guard;

/// <summary>Milliseconds on a clock of this process's own, which nobody sets.</summary>
internal sealed class ProcessClock(TimeProvider time)
{
    private readonly long began = time.GetTimestamp();

    public long Now => (long)time.GetElapsedTime(began).TotalMilliseconds;

    public TimeProvider Time => time;

    public DateTimeOffset UtcNow => time.GetUtcNow();

    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, time, cancellationToken);
}
