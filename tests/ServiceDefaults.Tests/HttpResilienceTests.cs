using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests;

public sealed class HttpResilienceTests
{
    [Fact]
    public async Task A_safe_request_is_repeated_until_it_is_answered()
    {
        await using var server = await FlakyServer.StartAsync(failures: 1);

        var response = await server.Client.GetAsync(server.Address, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, server.Requests));
    }

    [Fact]
    public async Task A_request_that_may_have_been_carried_out_is_not_repeated()
    {
        await using var server = await FlakyServer.StartAsync(failures: 1);

        var response = await server.Client.PostAsync(server.Address, null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.InternalServerError, 1), (response.StatusCode, server.Requests));
    }

    private sealed class FlakyServer(WebApplication app, ServiceProvider clients) : IAsyncDisposable
    {
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public Uri Address => new(app.Urls.First());

        public HttpClient Client => clients.GetRequiredService<IHttpClientFactory>().CreateClient();

        public static async Task<FlakyServer> StartAsync(int failures)
        {
            var builder = WebApplication.CreateBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            builder.AddServiceDefaults();
            var app = builder.Build();

            var server = new FlakyServer(app, builder.Services.BuildServiceProvider());
            app.Run(context =>
            {
                context.Response.StatusCode = Interlocked.Increment(ref server.requests) <= failures
                    ? StatusCodes.Status500InternalServerError
                    : StatusCodes.Status200OK;
                return Task.CompletedTask;
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await clients.DisposeAsync();
            await app.DisposeAsync();
        }
    }
}
