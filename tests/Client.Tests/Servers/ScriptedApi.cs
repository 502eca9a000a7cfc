using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Client.Tests;

/// <summary>A server that answers to the letter of the test, for what the real one does seldom or on nobody's wish.</summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string?> lastEventIds = new();

    private ScriptedApi(Func<HttpContext, Task> stream, Func<HttpContext, Task>? rest)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(context =>
        {
            if (context.Request.Path != "/api/job-events")
            {
                return rest?.Invoke(context) ?? Refuse(context, StatusCodes.Status404NotFound);
            }

            lastEventIds.Enqueue(context.Request.Headers["Last-Event-ID"].FirstOrDefault());
            return stream(context);
        });
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>What each request for the stream said that it has, null for nothing.</summary>
    public IReadOnlyList<string?> LastEventIds => [.. lastEventIds];

    /// <param name="stream">Answers requests for the stream.</param>
    /// <param name="rest">Answers all others.</param>
    public static async Task<ScriptedApi> StartAsync(Func<HttpContext, Task> stream, Func<HttpContext, Task>? rest = null)
    {
        var api = new ScriptedApi(stream, rest);
        await api.app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    /// <summary>Sends a stream and ends it.</summary>
    public static async Task SendAsync(HttpContext context, string events)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(events);
        await context.Response.Body.FlushAsync();
    }

    /// <summary>Keeps a stream open until its client leaves.</summary>
    public static Task HoldAsync(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public JobClient Client(TimeProvider time, Action<JobClientOptions>? configure = null)
    {
        var options = new JobClientOptions { SilenceLimit = TimeSpan.FromHours(10) };
        configure?.Invoke(options);
        return new(new HttpClient { BaseAddress = Address }, options, time);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
