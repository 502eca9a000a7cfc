using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;
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

    /// <summary>A migrated database without a worker: the test drives the store itself.</summary>
    public static async Task<QueueHost> CreateAsync(string connectionString)
    {
        var host = Build(connectionString, _ => { });
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

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
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
        builder.Services.AddSingleton<WorkLog>();
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
