using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Queueing.Running;

/// <summary>Runs this process's jobs: a pump for each queue over slots that they share, and an orderly end.</summary>
internal sealed partial class JobPump(PumpServices services, ILoggerFactory loggers, ILogger<JobPump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var giveUp = new CancellationTokenSource();
        using var worker = new WorkerSlots(services.Options.Concurrency);
        await Task.WhenAll(services.Queues.Names.Select(queue => CreatePump(queue, worker, giveUp.Token).RunAsync(stoppingToken)));
        await DrainAsync(giveUp);
    }

    private QueuePump CreatePump(string queue, WorkerSlots worker, CancellationToken giveUp)
    {
        var concurrency = Math.Min(services.Options.Concurrency, services.Queues[queue].Concurrency ?? int.MaxValue);
        return new(queue, new(concurrency, worker), new(concurrency), services, loggers.CreateLogger<QueuePump>(), giveUp);
    }

    private async Task DrainAsync(CancellationTokenSource giveUp)
    {
        var left = services.Held.WhenEmpty();
        if (!left.IsCompleted)
        {
            LogDraining(services.Held.Count, services.Options.DrainGrace);
            await left.WaitAsync(services.Options.DrainGrace, services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Handlers that ignore their token are left behind; their session's end gives their jobs back.
        services.Held.Interrupt(Interruption.HandBack);
        await giveUp.CancelAsync();
        await left.WaitAsync(TimeSpan.FromSeconds(1), services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} running jobs have {Grace} to end, then they are handed back")]
    private partial void LogDraining(int count, TimeSpan grace);
}
