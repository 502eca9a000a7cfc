using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>A host with the queue on a database of its own: the real thing, in this process.</summary>
internal sealed class QueueHost : IAsyncDisposable
{
    private readonly IHost host;

    private QueueHost(IHost host) => this.host = host;

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    public JobQueue Queue => Get<JobQueue>();

    public AttemptWrites Writes => new(Database, Get<AttemptStore>());

    public JobControl Control => Get<JobControl>();

    public WorkLog Log => Get<WorkLog>();

    public ChoreScript Chores => Get<ChoreScript>();

    /// <summary>A migrated database without a worker: the test drives the store itself.</summary>
    public static async Task<QueueHost> CreateAsync(string connectionString, Action<HostApplicationBuilder>? configure = null)
    {
        var host = Build(connectionString, configure ?? (_ => { }));
        await host.Get<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>A migrated database with a running worker.</summary>
    public static async Task<QueueHost> StartWorkerAsync(string connectionString, Action<HostApplicationBuilder>? configure = null)
    {
        var host = BuildWorker(connectionString, configure);
        await host.Get<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        await host.StartAsync();
        return host;
    }

    /// <summary>A migrated database with a worker that isn't started: the test runs its loops by hand.</summary>
    public static async Task<QueueHost> CreateWorkerAsync(string connectionString, Action<HostApplicationBuilder>? configure = null)
    {
        var host = BuildWorker(connectionString, configure);
        await host.Get<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>A worker, quick to notice things, that isn't started yet.</summary>
    public static QueueHost BuildWorker(string connectionString, Action<HostApplicationBuilder>? configure = null) =>
        Build(connectionString, builder =>
        {
            builder.AddJobWorker();
            builder.Services.Configure<JobWorkerOptions>(options =>
            {
                options.PollInterval = TimeSpan.FromMilliseconds(20);
                options.Heartbeat = TimeSpan.FromMilliseconds(200);
                options.Lease = TimeSpan.FromSeconds(1);
                options.RescueInterval = TimeSpan.FromMilliseconds(100);
                options.DrainGrace = TimeSpan.FromMilliseconds(200);
            });
            configure?.Invoke(builder);
        });

    public Task StartAsync() => host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async Task<Guid> EnqueueAsync(string script, int number = 0, EnqueueOptions? options = null, string owner = "somebody") =>
        (await Queue.EnqueueAsync(new Work(script, number), owner, options, TestContext.Current.CancellationToken)).JobId;

    public async Task<Guid> EnqueueAsync(Chore chore, EnqueueOptions? options = null, string owner = "somebody") =>
        (await Queue.EnqueueAsync(chore, owner, options, TestContext.Current.CancellationToken)).JobId;

    /// <summary>A maintenance task of a worker, to be run by hand.</summary>
    public TTask Task<TTask>()
        where TTask : IMaintenanceTask => Get<IEnumerable<IMaintenanceTask>>().OfType<TTask>().Single();

    public async Task<Guid> OpenSessionAsync()
    {
        var sessionId = Guid.CreateVersion7();
        await Get<SessionStore>().OpenAsync(sessionId, TestContext.Current.CancellationToken);
        return sessionId;
    }

    public Task<List<ClaimedJob>> ClaimAsync(Guid sessionId, int limit = 10) =>
        Get<ClaimStore>().ClaimAsync(sessionId, "default", limit, Get<JobQueues>()["default"], suspects: 1, TestContext.Current.CancellationToken);

    public async Task<JobStatus> StatusAsync(Guid jobId) =>
        await Get<JobReader>().FindAsync(jobId, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("No such job.");

    public Task<JobStatus> EndOfAsync(Guid jobId) => Eventually.NotNullAsync(async () =>
        await StatusAsync(jobId) is { IsFinal: true } status ? status : null, $"job {jobId} ends");

    public Task InStateAsync(Guid jobId, string state) =>
        Eventually.TrueAsync(async () => (await StatusAsync(jobId)).Status == state, $"job {jobId} is {state}");

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of each row.</summary>
    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var column = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            column.Add(reader.GetFieldValue<T>(0));
        }

        return column;
    }

    private static QueueHost Build(string connectionString, Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = connectionString;
        builder.AddJobQueue("jobs");
        builder.AddJob<Work, Worker>("work", options =>
        {
            options.Timeout = TimeSpan.FromSeconds(30);
            options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1));
        });
        builder.AddJob<Chore, ChoreHandler>("chore", options => options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1)));
        builder.Services.AddSingleton<WorkLog>();
        builder.Services.AddSingleton<ChoreScript>();
        builder.Services.TryAddSingleton<SessionStore>();
        builder.Services.TryAddSingleton<QueueFloors>();
        builder.Services.TryAddSingleton<ClaimStore>();
        builder.Services.TryAddSingleton<AttemptStore>();
        configure(builder);
        return new(builder.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
