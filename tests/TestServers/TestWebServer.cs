using TestServers;

namespace Bench.Http;

/// <summary>A web server as a process of its own; it ends with the benchmark.</summary>
internal static class Server
{
    /// <summary>Starts it, and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public static async Task StartAsync(string assembly, string url, Dictionary<string, string?> environment)
    {
        var program = TestProgram.Start(
            assembly,
            new Dictionary<string, string?>(environment)
            {
                ["ASPNETCORE_URLS"] = url,
                ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(assembly), // Where its appsettings.json is.
            },
            _ => { });
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(url);
                return;
            }
            catch (HttpRequestException) when (!program.Exited.IsCompleted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
            catch (HttpRequestException)
            {
                throw new InvalidOperationException($"{assembly} ended with {await program.Exited}.");
            }
        }
    }
}
