using System.Collections.Concurrent;

namespace Client.Tests;

/// <summary>Time of which so much more passes: what takes the client seconds takes the test milliseconds. Remembers what it was asked to wait.</summary>
internal sealed class HastyTime(double factor) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();

    public IReadOnlyCollection<TimeSpan> Waits => waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Enqueue(dueTime);
        return new Timer(this, System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));
    }

    private TimeSpan Shorten(TimeSpan time) => time > TimeSpan.Zero ? time / factor : time;

    private sealed class Timer(HastyTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Shorten(dueTime), time.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
