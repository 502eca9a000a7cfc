using System.Collections.Concurrent;
using System.Diagnostics;

namespace Bench.Notifications;

/// <summary>Many clients of one server, and what happens to them in a round.</summary>
internal sealed class StreamFleet(Guid[] jobs, ServerUnderTest server, Reports reports)
{
    private const int OpenedAtOnce = 500;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly StreamConnection[] streams = Array.ConvertAll(jobs, job => new StreamConnection(job));
    private readonly ConcurrentBag<TimeSpan> heard = [];

    /// <param name="perSecond">How many reports are made a second.</param>
    /// <param name="duration">For how long.</param>
    public async Task<Round> RunAsync(int perSecond, TimeSpan duration)
    {
        await OpenAllAsync();
        await PassAsync(Settling);
        var idle = await CpuOfAsync(() => PassAsync(Idle));
        var memory = server.MemoryMiB * 1024 / streams.Length;

        heard.Clear();
        var sent = 0;
        var busy = await CpuOfAsync(async () => sent = await ReportAsync(perSecond, duration));
        await PassAsync(Settling);
        var latencies = heard.Order().ToArray();

        Array.ForEach(streams, stream => stream.Cut());
        var began = Stopwatch.GetTimestamp();
        await OpenAllAsync();
        var storm = Stopwatch.GetElapsedTime(began);
        Array.ForEach(streams, stream => stream.Cut());
        return new(
            memory, idle, (double)latencies.Length / sent, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100], busy, storm);
    }

    private Task OpenAllAsync() => Parallel.ForEachAsync(
        streams,
        new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce },
        async (stream, _) => await stream.OpenAsync(server.Port, heard.Add));

    // At an even pace: a burst would measure itself.
    private async Task<int> ReportAsync(int perSecond, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var made = new List<Task>();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            for (; made.Count < Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond; )
            {
                made.Add(reports.ReportAsync(jobs[made.Count * 7919 % jobs.Length]));
            }

            await PassAsync(TimeSpan.FromMilliseconds(2));
        }

        await Task.WhenAll(made);
        return made.Count;
    }

    /// <returns>How much of one core the server used meanwhile.</returns>
    private async Task<double> CpuOfAsync(Func<Task> meanwhile)
    {
        var (before, began) = (server.Cpu, Stopwatch.GetTimestamp());
        await meanwhile();
        return (server.Cpu - before) / Stopwatch.GetElapsedTime(began);
    }

    private static Task PassAsync(TimeSpan duration) => Task.Delay(duration, TimeProvider.System);
}
