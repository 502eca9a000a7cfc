using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing;

namespace Providers.Guard.Calls;

/// <summary>Lets jobs go on that wait for a circuit, when it closes. Each worker does it: it is one statement, and the others find nothing.</summary>
internal sealed partial class CircuitWaker : BackgroundService
{
    // Jobs that were just being parked when it closed.
    private static readonly TimeSpan Stragglers = TimeSpan.FromSeconds(2);

    private readonly Channel<ProviderKey> closed = Channel.CreateUnbounded<ProviderKey>(new() { SingleReader = true });
    private readonly Breakers breakers;
    private readonly JobControl jobs;
    private readonly TimeProvider time;
    private readonly ILogger<CircuitWaker> logger;

    public CircuitWaker(Breakers breakers, JobControl jobs, TimeProvider time, ILogger<CircuitWaker> logger)
    {
        (this.breakers, this.jobs, this.time, this.logger) = (breakers, jobs, time, logger);
        breakers.Changed += OnChanged;
    }

    public static string ReasonOf(ProviderKey provider) => $"circuit:{provider}";

    public override void Dispose()
    {
        breakers.Changed -= OnChanged;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var provider in closed.Reader.ReadAllAsync(stoppingToken))
        {
            await WakeAsync(provider, stoppingToken);
            await Task.Delay(Stragglers, time, stoppingToken);
            await WakeAsync(provider, stoppingToken);
        }
    }

    private void OnChanged(ProviderKey provider, CircuitState state)
    {
        if (state == CircuitState.Closed)
        {
            closed.Writer.TryWrite(provider);
        }
    }

    private async Task WakeAsync(ProviderKey provider, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.WakeSnoozedAsync(ReasonOf(provider), cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // They go on by themselves, a little later.
            LogNotWoken(provider, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The jobs that wait for {Provider} can't be woken ({Reason}); each goes on when its own wait is over")]
    private partial void LogNotWoken(ProviderKey provider, string reason);
}
