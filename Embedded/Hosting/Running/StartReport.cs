using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>Says what is being started and, once all of it is there, where.</summary>
internal sealed class StartReport(DistributedApplicationModel model, ResourceNotificationService notifications, TimeProvider time) : BackgroundService
{
    private readonly long started = time.GetTimestamp();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var names = model.Resources.Select(resource => resource.ReplicaCount > 1 ? $"{resource.Name} x{resource.ReplicaCount}" : resource.Name);
        Console.Out.WriteLine($"Starting {string.Join(", ", names)}");
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in notifications.WatchAsync(stoppingToken))
        {
            if (model.Resources.All(IsThere))
            {
                break;
            }
        }

        var table = new StringWriter(CultureInfo.InvariantCulture);
        table.WriteLine($"\nEverything is up after {time.GetElapsedTime(started).TotalSeconds:0.0} s. Ctrl+C stops it.\n");
        var width = model.Resources.Max(resource => resource.Name.Length);
        foreach (var resource in model.Resources)
        {
            foreach (var address in await AddressesAsync(resource, stoppingToken))
            {
                table.WriteLine($"  {resource.Name.PadRight(width)}  {address}");
            }
        }
        Console.Out.WriteLine(table);
    }

    private bool IsThere(IResource resource) => notifications.Replicas(resource) is { Count: > 0 } replicas
        && replicas.All(replica => replica.IsHealthy || replica.Snapshot.State?.Text == KnownResourceStates.Finished);

    private async Task<IEnumerable<string>> AddressesAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is IResourceWithConnectionString server)
        {
            var password = resource is IResourceWithParent<ContainerResource> child ? child.Parent.PasswordParameter : (resource as ContainerResource)?.PasswordParameter;
            var secret = password is null ? null : await password.GetValueAsync(cancellationToken);
            var value = await server.GetConnectionStringAsync(cancellationToken) ?? "";
            return password is null ? ["(as configured)"] : [value.Replace(secret!, "***", StringComparison.Ordinal)];
        }
        return notifications.Replicas(resource).SelectMany(replica => replica.Snapshot.Urls).Select(url => $"{url.Url}  {url.DisplayText}".TrimEnd());
    }
}
