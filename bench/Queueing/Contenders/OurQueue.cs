using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;
using StackExchange.Redis;

namespace Bench.Queueing.Contenders;

/// <summary>The queue of this repository, on PostgreSQL, with Redis to wake workers.</summary>
internal sealed class OurQueue : IContender
{
    private const string Owner = "bench";
    private readonly Command open;
    private readonly WorkLog log;
    private readonly IHost host;
    private readonly JobQueue queue;
    private IHost? worker;

    public OurQueue(Command open, WorkLog log)
    {
        (this.open, this.log) = (open, log);
        host = Build(withWorker: false);
        queue = host.Services.GetRequiredService<JobQueue>();
    }

    public async Task SetUpAsync()
    {
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await host.StartAsync();
    }

    public Task EnqueueAsync(Payload payload) => queue.EnqueueAsync(payload, Owner);

    public Task EnqueueBatchAsync(IReadOnlyList<Payload> payloads) => queue.EnqueueAllAsync(payloads, Owner);

    public async Task StartWorkerAsync()
    {
        worker = Build(withWorker: true);
        await worker.StartAsync();
    }

    public async Task StopWorkerAsync()
    {
        await worker!.StopAsync();
        worker.Dispose();
    }

    public async Task<bool> IsDrainedAsync()
    {
        var counts = await host.Services.GetRequiredService<JobReader>().CountAsync(CancellationToken.None);
        return counts.All(queue => queue is { Waiting: 0, Active: 0, Delayed: 0 });
    }

    private IHost Build(bool withWorker)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = open.Postgres;
        builder.Configuration[$"{JobWorkerOptions.SectionName}:{nameof(JobWorkerOptions.Concurrency)}"] = "64";
        builder.Services.AddSingleton<IConnectionMultiplexer>(ConnectionMultiplexer.Connect(open.Redis));
        builder.Services.AddSingleton(log);
        builder.AddJobQueue("jobs");
        builder.AddJob<Payload, Handler>("work");
        if (withWorker)
        {
            builder.AddJobWorker();
        }

        return builder.Build();
    }

    private sealed class Handler(WorkLog log) : IJobHandler<Payload>
    {
        private static readonly Task<JobOutcome> Done = Task.FromResult<JobOutcome>(new JobOutcome.Completed());

        public Task<JobOutcome> HandleAsync(Payload args, JobContext context, CancellationToken workToken)
        {
            log.Handle(args);
            return Done;
        }
    }
}
