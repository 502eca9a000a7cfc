using Microsoft.Extensions.Hosting;

namespace Providers.Chat;

/// <summary>The chain of this process.</summary>
internal sealed record ChatLinks(IReadOnlyList<ChatLink> All);

/// <summary>
/// Sets the guards up before the first call: then limits and circuits are in step with the fleet by the time of it, and the circuits are
/// shown that nothing went through yet.
/// </summary>
internal sealed class ChatStart(ChatLinks links) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var link in links.All)
        {
            link.SetUp();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
