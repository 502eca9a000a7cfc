using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;
using StackExchange.Redis;

namespace Browser.Tests;

/// <summary>A worker in this process, on the topology's servers, for jobs that go on when a test says so.</summary>
internal sealed class Writers : IAsyncDisposable
{
    private readonly IHost host;

    private Writers(IHost host) => this.host = host;

    public static async Task<Writers> StartAsync(string database, string redis)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis + ",abortConnect=false,allowAdmin=true"));
        builder.AddJobQueue("jobs");
        builder.AddJob<Writing.Args, Writing.Handler>("write", options => options.Queue = "writing");
        builder.AddJobWorker();
        builder.Services.AddSingleton<Writing>();
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <returns>A job that waits for its first step.</returns>
    public async Task<WritingJob> BeginAsync(string owner)
    {
        var writing = host.Services.GetRequiredService<Writing>();
        var (jobId, _) = await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(
            new Writing.Args(), owner, cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => writing.HasBegun(jobId));
        return new(jobId, writing);
    }

    /// <summary>Lets Redis lose all that it has, as when it is started anew.</summary>
    public Task ForgetAsync() => host.Services.GetRequiredService<IConnectionMultiplexer>().GetServers()[0].FlushDatabaseAsync();

    /// <summary>Waits until the text that a job wrote has come to Redis, so long.</summary>
    public Task UntilWrittenAsync(Guid jobId, int length) => Eventually.TrueAsync(async () =>
        (await host.Services.GetRequiredService<JobEventLog>().ReadAsync(jobId)).Text?.End == length);

    /// <summary>Waits until Redis has a job's report of progress.</summary>
    public Task UntilReportedAsync(Guid jobId, int percent) => Eventually.TrueAsync(async () =>
        (await host.Services.GetRequiredService<JobEventLog>().ReadAsync(jobId)).Progress
            .Any(report => report.Data.GetProperty("progress").GetInt32() == percent));

    public Task UntilFinishedAsync(Guid jobId) => Eventually.TrueAsync(async () =>
        await host.Services.GetRequiredService<JobReader>().FindAsync(jobId, TestContext.Current.CancellationToken) is { IsFinal: true });

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
