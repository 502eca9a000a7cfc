using System.Diagnostics;
using System.Text.Json;
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

    private readonly Channel<JobEvent> pending = Channel.CreateBounded<JobEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private bool failing;

    public void Publish<TData>(Guid jobId, string owner, long seq, string name, TData data) => pending.Writer.TryWrite(
        new(jobId, owner, seq, name, JsonSerializer.SerializeToElement(data, JobJson.Options), Activity.Current?.Id));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // The loop ends by itself once it has sent what is pending, or with the host's patience.
        pending.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var jobEvent in pending.Reader.ReadAllAsync(stoppingToken))
        {
            if (!log.IsReachable)
            {
                SayFailing("not connected");
                continue;
            }

            try
            {
                await log.AppendAsync(jobEvent).WaitAsync(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
            {
                SayFailing(exception.Message);
            }
        }
    }

    // Once an outage, not once an event.
    private void SayFailing(string reason)
    {
        if (!failing)
        {
            failing = true;
            LogFailing(reason);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis takes no job events ({Reason}); listeners learn of changes from the database until it does")]
    private partial void LogFailing(string reason);
}
