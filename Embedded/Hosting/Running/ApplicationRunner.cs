using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>Starts everything in the model and stops it again, each thing before what it depends on.</summary>
internal sealed class ApplicationRunner(
    DistributedApplicationModel model, AppHostInfo appHost, ResourceNotificationService notifications, ResourceLoggerService logs,
    IConfiguration configuration, IHostEnvironment environment, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedService, IAsyncDisposable
{
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);
    // Services share their time, so that a chain of slow ones leaves some to the servers, which need only a moment.
    private static readonly TimeSpan ServiceStopTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServerStopTime = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource killing = new();
    private readonly StateFolders state = new(appHost, configuration);
    private readonly PortAssignment ports = new(appHost);
    private readonly Dictionary<IResource, ProcessRun[]> runs = [];
    private Task databases = Task.CompletedTask;
    private Task? stopped;

    /// <summary>Why the application can't go on.</summary>
    public string? Failure { get; set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        state.Open(model);
        ports.Assign(model);

        var projectEnvironment = new ProjectEnvironment(configuration, environment)
        {
            OtlpEndpoint = await OtlpEndpoint.FindAsync(configuration, cancellationToken),
        };
        var launcher = new Launcher(projectEnvironment, state);
        var dependencies = new Dependencies(model, notifications);
        var states = new ResourceStates(notifications, logs);

        // Everything is announced before anything starts: 'all replicas are healthy' must count them all.
        foreach (var resource in model.Resources)
        {
            for (var replica = 0; replica < resource.ReplicaCount; replica++)
            {
                var isProcess = Launcher.CanLaunch(resource) || resource is PostgresDatabaseResource;
                states.Publish(resource, resource.ReplicaId(replica), snapshot => snapshot with
                {
                    State = isProcess ? KnownResourceStates.Waiting : KnownResourceStates.Running,
                    HealthStatus = isProcess ? null : HealthStatus.Healthy,
                });
            }
        }
        foreach (var resource in model.Resources.Where(Launcher.CanLaunch))
        {
            runs[resource] = [.. Enumerable.Range(0, resource.ReplicaCount).Select(replica =>
                new ProcessRun(resource, replica, launcher, dependencies, states, time, Fail))];
        }
        databases = Task.WhenAll(model.Resources.OfType<PostgresDatabaseResource>().Select(database =>
            new DatabaseRun(database, notifications, states).RunAsync(stopping.Token)));
        foreach (var run in runs.Values.SelectMany(replicas => replicas))
        {
            run.Start();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => stopped ??= StopAsync();

    /// <summary>Ends everybody's time to stop.</summary>
    public void KillAll() => killing.Cancel();

    /// <summary>Stops what nobody stopped: a test may just dispose its application.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        foreach (var run in runs.Values.SelectMany(replicas => replicas))
        {
            run.Dispose();
        }
        stopping.Dispose();
        killing.Dispose();
    }

    private async Task StopAsync()
    {
        using var serviceTime = CancellationTokenSource.CreateLinkedTokenSource(killing.Token);
        using var serverTime = CancellationTokenSource.CreateLinkedTokenSource(killing.Token);
        serviceTime.CancelAfter(ServiceStopTime);
        serverTime.CancelAfter(ServerStopTime);

        Dictionary<IResource, Task> ended = [];
        Task End(IResource resource) => ended.TryGetValue(resource, out var task) ? task : ended[resource] = EndOneAsync(resource);
        async Task EndOneAsync(IResource resource)
        {
            await Task.WhenAll(model.Resources.Where(other => other.Dependencies.Contains(resource)).Select(End).ToList());
            var patience = resource is ContainerResource ? serverTime.Token : serviceTime.Token;
            await Task.WhenAll(runs.GetValueOrDefault(resource, []).Select(run => run.StopAsync(patience)));
        }
        await Task.WhenAll(model.Resources.Select(End).ToList());

        await stopping.CancelAsync();
        await databases.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ports.Dispose();
        state.Dispose();
    }

    private void Fail(string message)
    {
        Failure ??= message;
        // A test decides itself when its application stops; whoever waits there for what failed is told.
        if (!appHost.IsTest)
        {
            lifetime.StopApplication();
        }
    }
}
