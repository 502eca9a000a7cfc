using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;
using StackExchange.Redis;

namespace Client.Tests;

/// <summary>A worker on the servers of the topology, for jobs that wait for the test.</summary>
internal sealed class StoryWorker : IAsyncDisposable
{
    private readonly IHost host;
    private readonly ConcurrentQueue<JobEvent> sent = new();

    private StoryWorker(IHost host) => this.host = host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<StoryWorker> StartAsync(string database, string redis)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis + ",abortConnect=false"));
        builder.AddJobQueue("jobs");
        builder.AddJob<Story, Story.Teller>("story", options =>
        {
            options.Queue = "stories";
            options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(10));
        });
        builder.AddJobWorker();
        builder.Services.AddSingleton<Story.Gates>();
        var host = builder.Build();
        await host.StartAsync();
        var worker = new StoryWorker(host);
        await Eventually.TrueAsync(() => host.Services.GetRequiredService<JobEventLog>().TrySubscribeAsync(worker.sent.Enqueue));
        return worker;
    }

    /// <returns>A new job of <paramref name="owner"/>.</returns>
    public async Task<Guid> BeginAsync(string owner, params string[] steps) =>
        (await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(new Story(steps), owner, cancellationToken: Cancellation)).JobId;

    /// <returns>A job that has begun, and its events say so: else a follower's first snapshot may tell it alone.</returns>
    public async Task<Guid> BegunAsync(string owner, params string[] steps)
    {
        var jobId = await BeginAsync(owner, steps);
        await Eventually.TrueAsync(() => Sent(jobId).Count > 0);
        return jobId;
    }

    /// <summary>Lets a job go on that waits, or will.</summary>
    public void GoOn(Guid jobId, int times = 1) => host.Services.GetRequiredService<Story.Gates>().Of(jobId).Release(times);

    /// <returns>Name and id of each event that was sent of a job, as "progress#3.20"; complete once the last is the job's end.</returns>
    public IReadOnlyList<string> Sent(Guid jobId) =>
    [
        .. sent.Where(told => told.JobId == jobId)
            .Select(told => $"{told.Name}#{told.Seq}{(told.Offset > 0 ? $".{told.Offset}" : "")}"),
    ];

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
