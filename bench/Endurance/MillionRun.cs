using System.Diagnostics;
using System.Globalization;
using Embedded.Postgres;

namespace Bench.Endurance;

/// <summary>What enqueue, claim and statistics cost with nothing there, and with a million jobs waiting and five million finished.</summary>
internal static class MillionRun
{
    private const int Rounds = 3;
    private const int Drained = 20_000;

    private static readonly string Text = new('x', 160);

    public static async Task RunAsync(PostgresServer postgres, double scale)
    {
        await using var queue = await QueueUnderTest.StartAsync(postgres, "million");
        await MeasureAsync(queue); // To warm up.

        var empty = new List<Costs>();
        for (var round = 0; round < Rounds; round++)
        {
            empty.Add(await MeasureAsync(queue));
        }

        await FillAsync(queue, scale);
        var full = new List<Costs>();
        for (var round = 0; round < Rounds; round++)
        {
            full.Add(await MeasureAsync(queue));
        }

        Console.WriteLine("| cost (median of three) | empty | full | ratio |");
        Console.WriteLine("| --- | --- | --- | --- |");
        Compare("enqueue one, p50 ms", costs => costs.EnqueueOne);
        Compare("enqueue 1,000, ms", costs => costs.EnqueueBatch);
        Compare($"claim, run and record {Drained:N0}, s", costs => costs.Drain);
        Compare("statistics, p50 ms", costs => costs.Count);

        void Compare(string what, Func<Costs, double> of)
        {
            double before = Median(empty.Select(of)), after = Median(full.Select(of));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {before:0.00} | {after:0.00} | {after / before:0.00} |"));
        }
    }

    private static async Task<Costs> MeasureAsync(QueueUnderTest queue)
    {
        await queue.Control.PauseAsync("default");
        var one = await MedianOfAsync(300, () => queue.Queue.EnqueueAsync(NewNoop(), "bench"));
        Noop[] thousand = [.. Enumerable.Range(0, 1000).Select(_ => NewNoop())];
        var batch = await MedianOfAsync((Drained / 1000) + 1, () => queue.Queue.EnqueueAllAsync(thousand, "bench"));
        var count = await MedianOfAsync(100, () => queue.Reader.CountAsync(CancellationToken.None));
        await queue.ScalarAsync("checkpoint");

        var before = queue.Arrivals.Count;
        var began = Stopwatch.GetTimestamp();
        await queue.Control.ResumeAsync("default");
        while (queue.Arrivals.Count < before + Drained)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        var drain = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await queue.Control.PauseAsync("default");
        return new(one, batch, drain, count);
    }

    private static async Task FillAsync(QueueUnderTest queue, double scale)
    {
        var (waiting, finished) = ((int)(1_000_000 * scale), (int)(5_000_000 * scale));
        Noop[] thousand = [.. Enumerable.Range(0, 1000).Select(_ => NewNoop())];
        for (var i = 0; i < waiting / thousand.Length; i++)
        {
            await queue.Queue.EnqueueAllAsync(thousand, "somebody");
        }

        // Finished ones as the queue leaves them, written at once.
        await queue.ScalarAsync(
            $"""
            with made as (
                insert into job (id, run_at, max_attempts, priority, queue, type, owner, args)
                select (left(job_id_at(clock_timestamp())::text, 14) || '7' || substr(md5(i::text), 1, 3) || '-8' || substr(md5(i::text), 4, 3) || '-' || substr(md5(i::text), 7, 12))::uuid,
                       now(), 3, 5, 'default', 'noop', 'owner ' || i % 1000, json_build_object('sentAt', 0, 'text', '{Text}')
                from generate_series(1, {finished}) i
                returning id
            ), ended as (
                insert into job_outcome (job_id, seq, attempt, queue, state) select id, 3, 1, 'default', 'completed' from made
            )
            select count(*) from made
            """);
        await queue.ScalarAsync("vacuum analyze");
        await queue.ScalarAsync("checkpoint");
    }

    private static Noop NewNoop() => new(Stopwatch.GetTimestamp(), Text);

    private static async Task<double> MedianOfAsync(int times, Func<Task> act)
    {
        var took = new double[times];
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await act();
            took[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        return Median(took);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Costs(double EnqueueOne, double EnqueueBatch, double Drain, double Count);
}
