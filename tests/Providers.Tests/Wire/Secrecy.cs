using Microsoft.Extensions.AI;

namespace Providers.Tests.Wire;

/// <summary>What nobody is told: alike for both providers.</summary>
internal static class Secrecy
{
    private const string Prompt = "prompt-of-a-patient";

    /// <summary>Fails with a body that repeats the prompt and the key, as providers do, and looks everywhere for them.</summary>
    public static async Task NothingIsRepeatedAsync(Func<Uri, ProviderHost> build, string provider, int status, string body)
    {
        await using var server = await CannedServer.StartAsync(
            status, body.Replace("SECRET", $"{Prompt} {ProviderHost.Key}", StringComparison.Ordinal));
        using var host = build(new(server.Address));
        foreach (var streamed in new[] { false, true })
        {
            var failure = await Assert.ThrowsAsync<ProviderException>(() => streamed
                ? host.Chat(provider).GetStreamingResponseAsync(Prompt, cancellationToken: TestContext.Current.CancellationToken).ToListAsync().AsTask()
                : host.Chat(provider).GetResponseAsync(Prompt, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Contains(Prompt, server.Request, StringComparison.Ordinal);
            foreach (var told in new[] { failure.Message, failure.ToString(), failure.Fault.ToString(), host.Logs.All })
            {
                Assert.DoesNotContain(Prompt, told, StringComparison.Ordinal);
                Assert.DoesNotContain(ProviderHost.Key, told, StringComparison.Ordinal);
            }
        }
    }
}
