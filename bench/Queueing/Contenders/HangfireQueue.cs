using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.Redis.StackExchange;
using StackExchange.Redis;

namespace Bench.Queueing.Contenders;

/// <summary>Hangfire, on either of its storages.</summary>
internal sealed class HangfireQueue : IContender
{
    private const int BatchCallers = 64;

    // The most that it takes by default, of five a core; more brought nothing.
    private const int Workers = 20;
    private readonly JobStorage storage;
    private readonly BackgroundJobClient client;
    private Action stop = () => { };

    private HangfireQueue(JobStorage storage, WorkLog log)
    {
        this.storage = storage;
        GlobalConfiguration.Configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings();
        client = new BackgroundJobClient(storage);
        HangfireJob.Log = log;

        // Its client blocks the calling thread, and the pool would take half a minute to grow by itself to the callers' number.
        ThreadPool.SetMinThreads(2 * BatchCallers, 2 * BatchCallers);
    }

    public static HangfireQueue OnRedis(Command open, WorkLog log) =>
        new(new RedisStorage(ConnectionMultiplexer.Connect(open.Redis)), log);

    public static HangfireQueue OnPostgres(Command open, WorkLog log)
    {
        // Without it, workers poll every 15 seconds.
        var options = new PostgreSqlStorageOptions { EnableLongPolling = true };
        return new(new PostgreSqlStorage(new NpgsqlConnectionFactory(open.Postgres, options), options), log);
    }

    // The storage made its schema as it was made.
    public Task SetUpAsync() => Task.CompletedTask;

    public Task EnqueueAsync(Payload payload)
    {
        client.Enqueue(() => HangfireJob.Run(payload));
        return Task.CompletedTask;
    }

    // Batches are not part of the free edition: many callers at once are the best it has.
    public Task EnqueueBatchAsync(IReadOnlyList<Payload> payloads) => Parallel.ForEachAsync(
        payloads, new ParallelOptions { MaxDegreeOfParallelism = BatchCallers }, (payload, _) => new(EnqueueAsync(payload)));

    public Task StartWorkerAsync()
    {
        stop = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers }, storage).Dispose;
        return Task.CompletedTask;
    }

    public Task StopWorkerAsync()
    {
        stop();
        return Task.CompletedTask;
    }

    public Task<bool> IsDrainedAsync()
    {
        var counts = storage.GetMonitoringApi().GetStatistics();
        return Task.FromResult(counts is { Enqueued: 0, Processing: 0, Scheduled: 0 });
    }
}
