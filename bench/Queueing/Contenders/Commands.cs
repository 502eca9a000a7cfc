using System.Diagnostics;

namespace Bench.Queueing.Contenders;

/// <summary>The measuring inside a contender's process; Peers/commands.mjs does the same in the same way.</summary>
internal sealed class Commands
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly WorkLog log = new();
    private readonly IContender contender;

    public Commands(Command open) => contender = open.Contender switch
    {
        "ours" => new OurQueue(open, log),
        "hangfire-redis" => HangfireQueue.OnRedis(open, log),
        "hangfire-postgres" => HangfireQueue.OnPostgres(open, log),
        _ => throw new UnreachableException(open.Contender),
    };

    public async Task<Answer> OpenAsync(Command command)
    {
        if (command.Role == "producer")
        {
            await contender.SetUpAsync();
        }

        return new();
    }

    public async Task<Answer> ProduceAsync(Command command)
    {
        var began = Stopwatch.GetTimestamp();
        var number = 0;
        var latencies = await Task.WhenAll(Enumerable.Range(0, command.Callers).Select(_ => Task.Run(CallAsync)));
        var elapsed = Stopwatch.GetElapsedTime(began);
        double[] all = [.. latencies.SelectMany(ofCaller => ofCaller)];
        return new() { Jobs = all.Length, Seconds = elapsed.TotalSeconds, Latencies = all };

        async Task<List<double>> CallAsync()
        {
            List<double> took = [];
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < command.Seconds
                && Interlocked.Increment(ref number) is var mine && mine <= command.Jobs)
            {
                var called = Stopwatch.GetTimestamp();
                await contender.EnqueueAsync(Payload.Of(mine));
                took.Add(Stopwatch.GetElapsedTime(called).TotalMilliseconds);
            }

            return took;
        }
    }

    public async Task<Answer> BatchesAsync(Command command)
    {
        var began = Stopwatch.GetTimestamp();
        var made = 0;
        while (made < command.Jobs && Stopwatch.GetElapsedTime(began).TotalSeconds < command.Seconds)
        {
            var size = Math.Min(command.Size, command.Jobs - made);
            await contender.EnqueueBatchAsync([.. Enumerable.Range(made, size).Select(Payload.Of)]);
            made += size;
        }

        return new() { Jobs = made, Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds };
    }

    public async Task<Answer> PaceAsync(Command command)
    {
        List<Task> calls = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(command.Seconds), TimeProvider.System);
        while (calls.Count < command.Jobs && await timer.WaitForNextTickAsync())
        {
            calls.Add(contender.EnqueueAsync(Payload.SentNow(calls.Count)));
        }

        await Task.WhenAll(calls);
        return new() { Jobs = calls.Count };
    }

    public async Task<Answer> WorkAsync(Command command)
    {
        log.WarmUp = command.Jobs;
        await contender.StartWorkerAsync();
        return new();
    }

    public async Task<Answer> RestAsync()
    {
        await contender.StopWorkerAsync();
        log.Clear();
        return new();
    }

    public async Task<Answer> DrainedAsync(Command command)
    {
        // The store is asked only once the handlers are through: until then the asking would be a load on what is measured.
        while (log.Handled < command.Jobs ? log.Elapsed.TotalSeconds < command.Seconds : !await contender.IsDrainedAsync())
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        return new() { Jobs = log.Handled - log.WarmUp, Seconds = log.Elapsed.TotalSeconds };
    }

    public Answer Handled() => new() { Jobs = log.Handled, Seconds = Payload.Now / 1e6 };

    public async Task<Answer> LatenciesAsync(Command command)
    {
        var began = Stopwatch.GetTimestamp();
        while (log.Latencies.Count < command.Jobs)
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > command.Seconds)
            {
                throw new TimeoutException($"Of {command.Jobs} jobs, {log.Latencies.Count} were picked up.");
            }

            await Task.Delay(Look, TimeProvider.System);
        }

        return new() { Latencies = [.. log.Latencies] };
    }
}
