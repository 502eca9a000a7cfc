using Aspire.Hosting.ApplicationModel;

namespace Embedded.Hosting;

/// <summary>Where a run tells what becomes of its resource.</summary>
internal sealed class ResourceStates(ResourceNotificationService notifications, ResourceLoggerService logs)
{
    public void Publish(IResource resource, string id, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _ = notifications.PublishUpdateAsync(resource, id, change);

    public void Log(string id, string line, bool isError) => logs.Write(id, line, isError);

    /// <summary>The host's own word about a process, among that process's lines.</summary>
    public void Say(string id, string sentence) => logs.Write(id, $"* {sentence}", isError: true);

    public string LastWords(string id) => string.Join('\n', logs.Last(id, 10).Select(line => $"  {line.Content}"));
}
