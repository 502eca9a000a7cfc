using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Queueing.Events;

/// <summary>
/// Sends events off the path of the jobs: a slow or absent Redis costs a job nothing. What doesn't fit or can't be sent
/// is dropped; its listeners learn of the change from the job's row.
/// </summary>
internal sealed partial class JobEventPublisher(JobEventLog log, ILogger<JobEventPublisher> logger) : BackgroundService
{
    private const int Capacity = 10_000;
    private const int LargestBatch = 128;

    private readonly Channel<PendingEvent> pending = Channel.CreateBounded<PendingEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private bool failing;

    public void Publish(PendingEvent jobEvent)
    {
        if (log.IsReachable)
        {
            pending.Writer.TryWrite(jobEvent);
        }
        else
        {
            SayFailing("not connected");
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The loop ends by itself once it has sent what is pending, or with the host's patience.
        pending.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<PendingEvent>(LargestBatch);
        while (await pending.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < LargestBatch && pending.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                await log.SendAsync(batch).WaitAsync(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (RedisFailure.Is(exception) && !(exception is OperationCanceledException && stoppingToken.IsCancellationRequested))
            {
                SayFailing(exception.Message);
            }

            batch.Clear();
        }
    }

    // Once an outage, not once an event.
    private void SayFailing(string reason)
    {
        if (!failing && log.IsConfigured)
        {
            failing = true;
            LogFailing(reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis takes no job events ({Reason}); listeners learn of changes from the database until it does")]
    private partial void LogFailing(string reason);
}
