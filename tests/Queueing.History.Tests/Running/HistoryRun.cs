using System.Reflection;
using Queueing.History.Tests.Faults;
using Queueing.History.Tests.Producing;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Running;

/// <summary>One run: clients and workers at work while things go wrong; then all is healed, the queue drains, and the history is taken down.</summary>
internal sealed class HistoryRun(RunSettings settings, Cluster cluster, Recorder recorder, TimeProvider time)
{
    private const int ProducerCount = 6;

    private readonly Nemesis nemesis = new(settings.Seed, cluster, time);

    public IReadOnlyDictionary<FaultKind, int> Faults => nemesis.Done;

    public async Task<RunHistory> RunAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync();
        foreach (var worker in cluster.Workers)
        {
            worker.Start();
        }

        await using (var client = await QueueClient.StartAsync(cluster.ProducersWay.Through(cluster.ConnectionString), cluster.Redis.ConnectionString))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stop.CancelAfter(settings.Duration);
            var producers = Enumerable.Range(1, ProducerCount).Select(number => new Producer(number, settings.Seed, client, recorder, time).RunAsync(stop.Token));
            await Task.WhenAll([.. producers, new Operator(settings.Seed, client, recorder, time).RunAsync(stop.Token), nemesis.RunAsync(stop.Token)]);
        }

        cluster.Log($"HEALED {time.GetUtcNow():HH:mm:ss.fff}");
        await new Drain(cluster.Direct, time).RunAsync(cancellationToken);
        await Task.WhenAll(cluster.Workers.Select(worker => worker.StopAsync()));
        return await ReadAsync();
    }

    private async Task PrepareAsync()
    {
        await QueueClient.MigrateAsync(cluster.ConnectionString);
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Audit.sql")!);
        await using var command = cluster.Direct.CreateCommand(await reader.ReadToEndAsync());
        await command.ExecuteNonQueryAsync();
    }

    private async Task<RunHistory> ReadAsync()
    {
        var database = new DatabaseReader(cluster.Direct);
        return new()
        {
            Calls = [.. recorder.Calls],
            Cancels = [.. recorder.Cancels],
            Pauses = [.. recorder.Pauses],
            Crashes = [.. recorder.Crashes],
            Begun = JournalReader.Read(cluster.Folder),
            Jobs = await database.JobsAsync(),
            Outcomes = await database.OutcomesAsync(),
            Ready = await database.ReadyAsync(),
            Failures = await database.FailuresAsync(),
            Effects = await database.EffectsAsync(),
            Ledger = await database.LedgerAsync(),
            Moves = await database.MovesAsync(),
            Counts = await new JobReader(cluster.Direct).CountAsync(CancellationToken.None),
        };
    }
}
