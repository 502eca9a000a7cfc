using Npgsql;
using Queueing.History.Tests.Proxies;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Running;

/// <summary>The servers, the ways to them, and the fleet of workers.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private const int WorkerCount = 3;

    private readonly Lock logging = new();
    private readonly StreamWriter log;
    private readonly List<PostgresProxy> proxies = [];

    private Cluster(TestPostgres postgres, TestRedis redis, string connectionString)
    {
        (Postgres, Redis, ConnectionString) = (postgres, redis, connectionString);
        Folder = Directory.CreateTempSubdirectory("queue-history-").FullName;
        log = new(LogPath);
        Direct = NpgsqlDataSource.Create(connectionString + ";Pooling=false"); // A pool would keep connections to a server that was killed.
        ProducersWay = AddProxy();
    }

    public TestPostgres Postgres { get; }

    public TestRedis Redis { get; }

    public string ConnectionString { get; }

    /// <summary>The database by a way on which nothing goes wrong.</summary>
    public NpgsqlDataSource Direct { get; }

    public PostgresProxy ProducersWay { get; }

    public IReadOnlyList<WorkerProcess> Workers { get; private set; } = [];

    public IEnumerable<PostgresProxy> Proxies => proxies;

    /// <summary>Journals and the log.</summary>
    public string Folder { get; }

    /// <summary>Whether the folder stays, because the run has found something.</summary>
    public bool KeepsFolder { get; set; }

    public string LogPath => Path.Combine(Folder, "run.log");

    public static async Task<Cluster> StartAsync(Recorder recorder)
    {
        var postgres = await TestPostgres.StartAsync(durable: true);
        var redis = await TestRedis.StartAsync(RedisKind.Redis);
        var cluster = new Cluster(postgres, redis, await postgres.CreateDatabaseAsync());
        cluster.Workers = [.. Enumerable.Range(1, WorkerCount).Select(number => new WorkerProcess($"w{number}", cluster, cluster.AddProxy(), recorder))];
        return cluster;
    }

    public void Log(string line)
    {
        lock (logging)
        {
            log.WriteLine(line);
            log.Flush();
        }
    }

    private PostgresProxy AddProxy()
    {
        var proxy = new PostgresProxy(Postgres.Port, TimeProvider.System);
        proxies.Add(proxy);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers)
        {
            await worker.KillAsync();
        }

        foreach (var proxy in proxies)
        {
            await proxy.DisposeAsync();
        }

        await Direct.DisposeAsync();
        await Redis.DisposeAsync();
        await Postgres.DisposeAsync();
        lock (logging)
        {
            log.Dispose();
        }

        if (!KeepsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
