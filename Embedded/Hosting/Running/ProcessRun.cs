using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Embedded.Postgres;
using Embedded.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Embedded.Hosting;

/// <summary>The life of one process of a resource: wait for others, start, watch, start again after a crash.</summary>
internal sealed class ProcessRun(
    IResource resource, int replica, Launcher launcher, Dependencies dependencies, ResourceStates states, TimeProvider time, Action<string> fail) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly string id = resource.ReplicaId(replica);
    private readonly bool isAwaited = dependencies.IsAwaitedToComplete(resource);
    private volatile Launched? current;
    private Task running = Task.CompletedTask;

    public void Start() => running = RunAsync();

    /// <summary>Kills what hasn't stopped when <paramref name="patience"/> ends.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        await stopping.CancelAsync();
        if (current is { } launched)
        {
            states.Publish(resource, id, state => state with { State = state.ExitCode is null ? KnownResourceStates.Stopping : state.State });
            await launched.Process.StopAsync(launched.StopSignal, patience);
        }
        await running;
    }

    public void Dispose() => stopping.Dispose();

    private async Task RunAsync()
    {
        try
        {
            await dependencies.WaitAsync(resource, stopping.Token);
            var backoff = new Backoff(time);
            for (var restarts = 0; ; restarts++)
            {
                var started = time.GetTimestamp();
                if (await RunOnceAsync(restarts) is not { } reason)
                {
                    return;
                }
                var delay = backoff.After(started);
                states.Say(id, $"{reason}; it starts again in {delay.TotalSeconds:0.#} s");
                await Task.Delay(delay, time, stopping.Token);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            states.Publish(resource, id, state => state with { State = KnownResourceStates.Exited, HealthStatus = null });
        }
        catch (Exception exception)
        {
            // Nothing else sees this task's end. Whatever it was, the resource will not come up.
            states.Publish(resource, id, state => state with { State = KnownResourceStates.FailedToStart, HealthStatus = null });
            fail(exception is DistributedApplicationException or PostgresUnavailableException ? exception.Message : $"'{id}' can't run: {exception}");
        }
    }

    /// <summary>Returns why the process has to start again; null when it is over.</summary>
    private async Task<string?> RunOnceAsync(int restarts)
    {
        states.Publish(resource, id, state => state with { State = KnownResourceStates.Starting, Restarts = restarts, HealthStatus = null, ExitCode = null });
        Launched launched;
        try
        {
            launched = current = await launcher.LaunchAsync(resource, replica, (line, isError) => states.Log(id, line, isError), stopping.Token);
        }
        catch (PostgresUnavailableException exception) when (restarts > 0)
        {
            // It ran before, so it can: what a crash left behind may still be in its way.
            return exception.Message;
        }

        // A stop that came during the launch found nothing to stop.
        if (stopping.IsCancellationRequested)
        {
            launched.Process.Kill();
        }
        states.Publish(resource, id, state => state with
        {
            State = KnownResourceStates.Running,
            ProcessId = launched.Process.Id,
            StartTimeStamp = time.GetUtcNow().UtcDateTime,
            Urls = [.. resource.Urls(replica)],
        });
        var exitCode = await WatchAsync(launched.Process);
        // What serves an endpoint is meant to stay, and comes back even after an orderly end.
        var isOver = stopping.IsCancellationRequested || isAwaited || (exitCode == 0 && !resource.Endpoints.Any());
        // Before the state is told: who waits would otherwise fail first, with less to say.
        if (!stopping.IsCancellationRequested && isAwaited && exitCode != dependencies.ExpectedExitCode(resource))
        {
            fail($"'{id}' ended with {exitCode}, so what waits for it can't start. Its last words:\n{states.LastWords(id)}");
        }
        states.Publish(resource, id, state => state with
        {
            State = stopping.IsCancellationRequested ? KnownResourceStates.Exited : isOver ? KnownResourceStates.Finished : KnownResourceStates.Starting,
            ExitCode = exitCode,
            ProcessId = null,
            HealthStatus = null,
            HealthReason = null,
        });
        return isOver ? null : $"ended with {exitCode}";
    }

    private async Task<int> WatchAsync(ChildProcess process)
    {
        if (process.Exited.IsCompleted)
        {
            // A server that ended before it was ready: it must not pass as healthy, not even for a moment.
            return await process.Exited;
        }
        using var ended = new CancellationTokenSource();
        var health = new HealthWatch(resource, replica, time).RunAsync(
            reason => states.Publish(resource, id, state => state with
            {
                HealthStatus = reason is null ? HealthStatus.Healthy : HealthStatus.Unhealthy,
                HealthReason = reason,
            }),
            sentence => states.Say(id, sentence),
            ended.Token);
        var exitCode = await process.Exited;
        await ended.CancelAsync();
        await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return exitCode;
    }
}
