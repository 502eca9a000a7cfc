using System.Diagnostics;
using System.Globalization;
using Embedded.Postgres;
using Npgsql;

namespace Bench.Endurance;

/// <summary>A steady 2,000 jobs a second while a transaction is held open elsewhere in the database.</summary>
internal static class BloatRun
{
    private const int Companions = 20;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly string Text = new('x', 160);

    public static async Task RunAsync(PostgresServer postgres, TimeSpan length)
    {
        Console.WriteLine("| queue | minute | jobs/s | pick-up p50 ms | p99 ms | hot table KiB |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");

        await using (var ours = await QueueUnderTest.StartAsync(postgres, "ours"))
        {
            await MeasureAsync(
                "ours", length, ours.Database, "job_ready", ours.Arrivals,
                sentAt => ours.Queue.EnqueueAllAsync([.. sentAt.Select(at => new Noop(at, Text))], "bench"));
        }

        await using var plain = await PlainQueue.StartAsync(postgres, "plain");
        await MeasureAsync("plain", length, plain.Database, "plain", plain.Arrivals, sentAt => plain.EnqueueAsync(sentAt, Text));
    }

    private static async Task MeasureAsync(
        string name, TimeSpan length, NpgsqlDataSource database, string hotTable, Arrivals arrivals, Func<long[], Task> enqueue)
    {
        using var stop = new CancellationTokenSource();
        var producing = ProduceAsync(enqueue, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System); // To warm up, before anything is held.
        arrivals.Take();

        await using var holder = await database.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var look = new NpgsqlCommand("select txid_current()", holder, held))
        {
            await look.ExecuteScalarAsync();
        }

        var part = length / 10;
        for (var i = 1; i <= 10; i++)
        {
            await Task.Delay(part, TimeProvider.System);
            var took = arrivals.Take();
            await using var size = database.CreateCommand("select pg_table_size($1::regclass)");
            size.Parameters.Add(new() { Value = hotTable });
            var kibibytes = (long)(await size.ExecuteScalarAsync())! / 1024;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {(part * i).TotalMinutes:0.0} | {took.Count / part.TotalSeconds:0} | {At(took, 0.5):0.00} | {At(took, 0.99):0.00} | {kibibytes} |"));
        }

        await stop.CancelAsync();
        await producing;
    }

    private static async Task ProduceAsync(Func<long[], Task> enqueue, CancellationToken stopToken)
    {
        var began = Stopwatch.GetTimestamp();
        var under = new List<Task>();
        for (var tick = 1; !stopToken.IsCancellationRequested; tick++)
        {
            // On schedule whatever the queue does: a slow one doesn't get fewer jobs.
            under.Add(enqueue([.. Enumerable.Repeat(Stopwatch.GetTimestamp(), Companions)]));
            under.RemoveAll(task => task.IsCompletedSuccessfully);
            if ((Pace * tick) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, TimeProvider.System, CancellationToken.None);
            }
        }

        await Task.WhenAll(under);
    }

    private static double At(List<double> sorted, double quantile) => sorted.Count == 0 ? double.NaN : sorted[(int)(quantile * (sorted.Count - 1))];
}
