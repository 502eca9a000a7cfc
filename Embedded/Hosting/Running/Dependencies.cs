using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Embedded.Hosting;

/// <summary>Who waits for whom.</summary>
internal sealed class Dependencies(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    private readonly ILookup<IResource, WaitAnnotation> completions = model.Resources
        .SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
        .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
        .ToLookup(wait => wait.Resource);

    public bool IsAwaitedToComplete(IResource resource) => completions.Contains(resource);

    public int ExpectedExitCode(IResource resource) => completions[resource].First().ExitCode;

    /// <summary>Returns when the resource may start; throws when something it waits for won't come.</summary>
    public Task WaitAsync(IResource resource, CancellationToken cancellationToken) => Task.WhenAll(
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => WaitAsync(resource, wait, cancellationToken)));

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var dependency = wait.Resource.Name;
        switch (wait.WaitType)
        {
            case WaitType.WaitUntilHealthy:
                await notifications.WaitForResourceHealthyAsync(dependency, cancellationToken);
                break;
            case WaitType.WaitUntilStarted:
                await notifications.WaitAsync(dependency, Is(KnownResourceStates.Running), failWhenOver: true, cancellationToken);
                break;
            default:
                var over = await notifications.WaitAsync(
                    dependency, changed => KnownResourceStates.TerminalStates.Contains(changed.Snapshot.State?.Text), failWhenOver: false, cancellationToken);
                if (over.Snapshot.ExitCode != wait.ExitCode)
                {
                    throw new DistributedApplicationException($"'{resource.Name}' can't start: '{dependency}' ended with {over.Snapshot.ExitCode}.");
                }
                break;
        }
    }

    private static Func<ResourceEvent, bool> Is(string state) => changed => changed.Snapshot.State?.Text == state;
}
