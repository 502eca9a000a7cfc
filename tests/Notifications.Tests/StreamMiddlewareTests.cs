using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Notifications.Tests;

public sealed class StreamMiddlewareTests(StreamServers servers)
{
    [Fact]
    public async Task What_a_request_brought_along_is_let_go_while_its_stream_goes_on()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        var scoped = new Scoped();
        await using var server = host.WithWebHostBuilder(web => web.ConfigureTestServices(services => services.AddScoped<IAuthorizationHandler>(_ => scoped)));
        server.UseKestrel();
        server.StartServer();
        var client = server.CreateClient();
        client.DefaultRequestHeaders.Add("user-id", "test");

        await using var stream = await EventStream.OpenAsync(client, jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));
        await Eventually.TrueAsync(() => scoped.IsDisposed);

        host.Steps.Release();
        Assert.Equal("progress#3 completed#4", await stream.ReadAsync(2));
    }

    /// <summary>A service of the request, which every caller's sign-in asks.</summary>
    private sealed class Scoped : IAuthorizationHandler, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public Task HandleAsync(AuthorizationHandlerContext context) => Task.CompletedTask;

        public void Dispose() => IsDisposed = true;
    }
}
