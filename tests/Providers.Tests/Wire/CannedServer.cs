using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Providers.Tests.Wire;

/// <summary>Answers every request alike, with what the simulator has no way to say.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private CannedServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>The last request: method, path with query, headers and body.</summary>
    public string? Request { get; private set; }

    public static async Task<CannedServer> StartAsync(int status, string body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging();
        var server = new CannedServer(builder.Build());
        server.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.Request = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}\n"
                + string.Concat(context.Request.Headers.Select(header => $"{header.Key}: {header.Value}\n"))
                + await reader.ReadToEndAsync(context.RequestAborted);
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.WriteAsync(body, context.RequestAborted);
        });
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>A stream that ends in good order after these events.</summary>
    public static Task<CannedServer> StreamAsync(params string[] events) =>
        StartAsync(200, string.Concat(events.Select(data => $"data: {data}\n\n")), "text/event-stream");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
