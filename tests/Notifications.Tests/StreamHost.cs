using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Streams;
using Npgsql;
using Queueing;
using ServiceDefaults;
using StackExchange.Redis;

namespace Notifications.Tests;

/// <summary>The notification service on real servers, beside a worker whose one kind of job waits for the test at each step.</summary>
internal sealed class StreamHost : WebApplicationFactory<Program>
{
    private readonly string database;
    private readonly string environment;
    private readonly Dictionary<string, string> settings;
    private IHost worker = null!;
    private WebApplicationFactory<Program> server;

    private StreamHost(string database, TestRedis redis, string environment, Dictionary<string, string> settings)
    {
        (this.database, Redis, this.environment, this.settings) = (database, redis, environment, settings);
        server = this;
        UseKestrel();
    }

    public TestRedis Redis { get; }

    public Steps Steps => worker.Services.GetRequiredService<Steps>();

    public RawEvents RawEvents => new(worker.Services.GetRequiredService<IConnectionMultiplexer>());

    public int OpenStreams => Services.GetRequiredService<OpenStreams>().Count;

    public static async Task<StreamHost> StartAsync(string database, TestRedis redis, string environment, Dictionary<string, string> settings)
    {
        var host = new StreamHost(database, redis, environment, settings);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.Configuration["JobWorker:DrainGrace"] = "00:00:00.100"; // Handlers that wait for the test would take all of it.
        builder.Services.AddSingleton<IConnectionMultiplexer>(
            await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",abortConnect=false"));
        builder.AddJobQueue("jobs");
        builder.AddJob<Steps.Args, Steps.Handler>("steps");
        builder.AddJob<Chatter, Chatter.Handler>("chatter", options => options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1)));
        builder.AddJobWorker();
        builder.Services.AddSingleton<Steps>();
        host.worker = builder.Build();
        await host.worker.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        await host.worker.StartAsync(TestContext.Current.CancellationToken);
        host.StartServer();
        return host;
    }

    public async Task<Guid> EnqueueAsync(int steps, string owner = "test", bool writes = false) => (await worker.Services.GetRequiredService<JobQueue>()
        .EnqueueAsync(new Steps.Args(steps, writes), owner, cancellationToken: TestContext.Current.CancellationToken)).JobId;

    public async Task<Guid> ChatterAsync(Chatter chatter) => (await worker.Services.GetRequiredService<JobQueue>()
        .EnqueueAsync(chatter, "test", cancellationToken: TestContext.Current.CancellationToken)).JobId;

    /// <summary>How many jobs have ended.</summary>
    public async Task<long> EndedAsync() =>
        (await worker.Services.GetRequiredService<JobReader>().CountAsync(TestContext.Current.CancellationToken)).Sum(queue => queue.Completed + queue.Failed);

    public async Task<JobHistory> HistoryAsync(Guid jobId) =>
        (await worker.Services.GetRequiredService<JobReader>().FindHistoryAsync(jobId, TestContext.Current.CancellationToken))!;

    /// <returns>A job whose handler waits for its first step.</returns>
    public async Task<Guid> BegunAsync(int steps, bool writes = false)
    {
        var jobId = await EnqueueAsync(steps, writes: writes);
        await Eventually.TrueAsync(async () => (await StatusAsync(jobId)).Status == JobState.Active);
        return jobId;
    }

    /// <summary>Lets the handler write, one piece after the other, and sees each kept.</summary>
    public async Task WriteAsync(Guid jobId, int pieces)
    {
        for (var i = 0; i < pieces; i++)
        {
            var before = (await KeptAsync(jobId)).Text?.End ?? 0;
            Steps.Release();
            await Eventually.TrueAsync(async () => (await KeptAsync(jobId)).Text?.End > before);
        }
    }

    public Task CancelAsync(Guid jobId) =>
        worker.Services.GetRequiredService<JobControl>().CancelAsync(jobId, TestContext.Current.CancellationToken);

    /// <summary>Changes the job's row, as a worker does whose Redis is away.</summary>
    public async Task ReportUnheardAsync(Guid jobId, short percent)
    {
        await using var report = worker.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("update job_ready set progress = $1, seq = seq + 1 where job_id = $2");
        report.Parameters.Add(new() { Value = percent });
        report.Parameters.Add(new() { Value = jobId });
        await report.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<Guid> FinishedAsync(int steps)
    {
        var jobId = await EnqueueAsync(steps);
        Steps.Release(steps);
        await Eventually.TrueAsync(async () => await StatusAsync(jobId) is { IsFinal: true });
        await Eventually.TrueAsync(async () => (await KeptAsync(jobId)).Progress.Count == steps);
        return jobId;
    }

    public Task RedriveAsync(Guid jobId) =>
        worker.Services.GetRequiredService<JobControl>().TryRedriveAsync(jobId, TestContext.Current.CancellationToken);

    public async Task<JobStatus> StatusAsync(Guid jobId) =>
        (await worker.Services.GetRequiredService<JobReader>().FindAsync(jobId, TestContext.Current.CancellationToken))!;

    /// <summary>What Redis has of the job.</summary>
    public Task<KeptEvents> KeptAsync(Guid jobId) => worker.Services.GetRequiredService<JobEventLog>().ReadAsync(jobId);

    /// <summary>A link to a job's stream that needs no sign-in.</summary>
    public string LinkTo(Guid jobId, Guid? tokenOf = null) =>
        $"/api/job-events?jobId={jobId}&token={Services.GetRequiredService<EventTokens>().Create(tokenOf ?? jobId)}";

    /// <summary>Stops the notification service, and starts it anew at another address.</summary>
    public async Task RestartAsync()
    {
        var next = WithWebHostBuilder(_ => { });
        next.UseKestrel();
        next.StartServer();
        var last = Interlocked.Exchange(ref server, next);
        await last.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
    }

    public HttpClient ClientOf(string? user)
    {
        var client = server.CreateClient();
        if (user is not null)
        {
            client.DefaultRequestHeaders.Add("user-id", user);
        }

        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
        await base.DisposeAsync();
        await Redis.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder
            .UseEnvironment(environment)
            .UseUrls("http://127.0.0.1:0") // The factory's own port is set too late where the host starts quickly.
            .UseSetting("ConnectionStrings:jobs", database)
            .UseSetting("ConnectionStrings:redis", Redis.ConnectionString)
            .UseSetting("EventTokens:Keys:0", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
            .UseSetting("Logging:LogLevel:Default", "Critical");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }
    }
}
