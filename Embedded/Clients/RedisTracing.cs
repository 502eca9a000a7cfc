using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace Microsoft.Extensions.Hosting;

/// <summary>A client span for each Redis command that runs inside a traced operation, by the client's profiler.</summary>
/// <remarks>
/// The profiler gathers a session's commands and hands them over when the session is finished; commands are tied to the
/// activity that was current when they were sent, and turned into spans once a second or when that activity has ended.
/// Names and attributes follow OpenTelemetry's semantic conventions for database clients.
/// </remarks>
internal sealed class RedisTracing(TimeProvider? time = null) : BackgroundService
{
    public const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly ConcurrentDictionary<Activity, ProfilingSession> sessions = new();

    public void Follow(IConnectionMultiplexer connection) => connection.RegisterProfiler(() =>
        Source.HasListeners() && Activity.Current is { IsStopped: false } current
            ? sessions.GetOrAdd(current, static _ => new ProfilingSession())
            : null!);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time ?? TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Report();
            }
        }
        catch (OperationCanceledException)
        {
            Report();
        }
    }

    private void Report()
    {
        foreach (var (activity, session) in sessions)
        {
            // A session of an activity that goes on stays registered: its later commands come with the next round.
            if (activity.IsStopped)
            {
                sessions.TryRemove(activity, out _);
            }

            foreach (var command in session.FinishProfiling())
            {
                Write(activity.Context, command);
            }
        }
    }

    private static void Write(ActivityContext parent, IProfiledCommand command)
    {
        using var span = Source.StartActivity(command.Command, ActivityKind.Client, parent, startTime: command.CommandCreated);
        span?.SetTag("db.system.name", "redis").SetTag("db.operation.name", command.Command).SetTag("db.namespace", command.Db);
        span?.SetEndTime(command.CommandCreated + command.ElapsedTime);
    }
}
