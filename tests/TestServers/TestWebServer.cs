namespace TestServers;

/// <summary>A web server as a process of its own; it ends with the process that started it.</summary>
public static class TestWebServer
{
    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="assembly">The program's path; its settings are beside it.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="environment">Comes on top of the caller's own.</param>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public static async Task<TestProgram> StartAsync(string assembly, string url, Dictionary<string, string?> environment)
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
                using var answer = await client.GetAsync(new Uri(url));
                return program;
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
