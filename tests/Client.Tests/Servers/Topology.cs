using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Client.Tests.Topology))]

namespace Client.Tests;

/// <summary>The whole system as processes, started once, and a worker for <see cref="Story"/> beside it.</summary>
public sealed class Topology : IAsyncLifetime
{
    private DistributedApplication app = null!;

    internal StoryWorker Stories { get; private set; } = null!;

    public Uri ApiAddress => app.GetEndpoint("api", "http");

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--ephemeral"]);
        app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("worker");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api");
        Stories = await StoryWorker.StartAsync((await app.GetConnectionStringAsync("jobs"))!, (await app.GetConnectionStringAsync("redis"))!);
    }

    /// <summary>A client of the API, or of a proxy before it.</summary>
    internal JobClient ClientOf(
        string user, Uri? address = null, TimeProvider? time = null, Action<JobClientOptions>? configure = null, ILogger<JobClient>? logger = null)
    {
        var options = new JobClientOptions();
        configure?.Invoke(options);
        return new(HttpOf(user, address ?? ApiAddress), options, time, logger);
    }

    public static HttpClient HttpOf(string user, Uri address)
    {
        // A connection that was answered on is kept for the next request; not for long, so that tests see which ones are in use.
        var http = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) }) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("user-id", user);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await Stories.DisposeAsync();
        await app.DisposeAsync();
    }
}
