using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, and tells those who watch.</summary>
public sealed class ResourceNotificationService
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ResourceEvent> current = [];
    private ImmutableList<Channel<ResourceEvent>> watchers = [];

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (gate)
        {
            var before = current.GetValueOrDefault(resourceId)?.Snapshot ?? new CustomResourceSnapshot { ResourceType = resource.GetType().Name };
            var after = stateFactory(before);
            if (after != before)
            {
                var changed = current[resourceId] = new ResourceEvent(resource, resourceId, after);
                watchers.ForEach(watcher => watcher.Writer.TryWrite(changed));
            }
        }
        return Task.CompletedTask;
    }

    /// <summary>First the state of everything as it is, then every change. No change is dropped, and none comes out of order.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (gate)
        {
            foreach (var known in current.Values)
            {
                channel.Writer.TryWrite(known);
            }
            watchers = watchers.Add(channel);
        }
        try
        {
            await foreach (var changed in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return changed;
            }
        }
        finally
        {
            lock (gate)
            {
                watchers = watchers.Remove(channel);
            }
        }
    }

    /// <summary>Returns once every replica is healthy; throws when one of them can't become so any more.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, static changed => changed.IsHealthy, failWhenOver: true, cancellationToken);

    /// <summary>Returns once every replica is in the state, <see cref="KnownResourceStates.Running"/> by default.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
    {
        var state = targetState ?? KnownResourceStates.Running;
        return WaitAsync(resourceName, changed => changed.Snapshot.State?.Text == state, failWhenOver: false, cancellationToken);
    }

    /// <summary>Returns at the first replica that the predicate accepts.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        await WatchAsync(cancellationToken).FirstAsync(changed => IsNamed(changed, resourceName) && predicate(changed), cancellationToken);

    internal async Task<ResourceEvent> WaitAsync(string name, Func<ResourceEvent, bool> predicate, bool failWhenOver, CancellationToken cancellationToken)
    {
        await foreach (var changed in WatchAsync(cancellationToken).Where(changed => IsNamed(changed, name)))
        {
            if (failWhenOver && KnownResourceStates.TerminalStates.Contains(changed.Snapshot.State?.Text))
            {
                throw new DistributedApplicationException($"'{changed.ResourceId}' will not become healthy: it is {changed.Snapshot.State?.Text}.");
            }
            if (Replicas(changed.Resource).All(predicate))
            {
                return changed;
            }
        }
        throw new OperationCanceledException(cancellationToken);
    }

    internal IReadOnlyList<ResourceEvent> Replicas(IResource resource)
    {
        lock (gate)
        {
            return [.. current.Values.Where(known => known.Resource == resource)];
        }
    }

    private static bool IsNamed(ResourceEvent changed, string name) => string.Equals(changed.Resource.Name, name, StringComparison.OrdinalIgnoreCase);
}
