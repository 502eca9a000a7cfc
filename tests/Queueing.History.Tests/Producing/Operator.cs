using Npgsql;
using Queueing.History.Tests.Recording;
using Queueing.History.Tests.Running;

namespace Queueing.History.Tests.Producing;

/// <summary>Pauses and resumes queues.</summary>
internal sealed class Operator(int seed, QueueClient client, Recorder recorder, TimeProvider time)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Random random = new((seed * 1000) + 500);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(1000, 4000);
            var queue = random.Next(3) == 0 ? HistoryJobs.CappedQueue : HistoryJobs.OpenQueue;
            var paused = await TryAsync(() => client.Control.PauseAsync(queue));
            var answeredAt = recorder.Now;
            await WaitAsync(300, 1500);
            var resumedAt = recorder.Now;
            if (paused)
            {
                recorder.Pauses.Enqueue(new(queue, answeredAt, resumedAt));
            }

            while (!await TryAsync(() => client.Control.ResumeAsync(queue)))
            {
                await Task.Delay(BetweenTries, time, CancellationToken.None); // A queue must not stay paused when the run ends.
            }
        }
    }

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    private Task WaitAsync(int least, int most) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(least, most)), time);
}
