using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Client.Tests;

/// <summary>A proxy that understands HTTP, and some of it badly.</summary>
internal sealed class HttpProxy : IAsyncDisposable
{
    private readonly HttpClient server = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri target;
    private readonly WebApplication app;
    private int refusals;
    private int streams;

    private HttpProxy(Uri target)
    {
        this.target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>Whether an answer is held back until it has ended.</summary>
    public volatile bool Buffers;

    /// <summary>Whether what was held back is then kept for ever.</summary>
    public volatile bool HoldsForever;

    /// <summary>How many streams were asked for.</summary>
    public int Streams => Volatile.Read(ref streams);

    /// <summary>So many requests are answered 503, to come back after <see cref="RetryAfter"/>.</summary>
    public int Refusals
    {
        init => refusals = value;
    }

    public const string RetryAfter = "7";

    public static async Task<HttpProxy> StartAsync(Uri target, int refusals = 0, bool buffers = false)
    {
        var proxy = new HttpProxy(target) { Refusals = refusals, Buffers = buffers };
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        server.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = RetryAfter;
            return;
        }

        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(target, context.Request.GetEncodedPathAndQuery()));
        foreach (var name in new[] { "user-id", "user-role", "Last-Event-ID", "If-None-Match", "Accept", "Idempotency-Key" })
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToArray());
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body) { Headers = { { "Content-Type", context.Request.ContentType } } };
        }

        var isStream = context.Request.Path.StartsWithSegments("/api/job-events");
        var holds = Buffers && isStream;
        Interlocked.Add(ref streams, isStream ? 1 : 0);
        try
        {
            using var response = await server.SendAsync(
                request, holds ? HttpCompletionOption.ResponseContentRead : HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            if (holds && HoldsForever)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }

            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            context.Response.Headers.ETag = response.Headers.ETag?.ToString();
            if (response.Headers.RetryAfter is { } retryAfter)
            {
                context.Response.Headers.RetryAfter = retryAfter.ToString();
            }

            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            var buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var length)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, length), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client left.
        }
    }
}
