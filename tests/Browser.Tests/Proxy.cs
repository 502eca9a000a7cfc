using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Browser.Tests;

/// <summary>A reverse proxy that treats event streams as bad ones do, and keeps a list of what was asked of it.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly HttpClient target = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentQueue<(int Status, string? RetryAfter)> refusals = new();
    private readonly ConcurrentQueue<int> cuts = new();
    private CancellationTokenSource down = new();
    private WebApplication app = null!;

    public Uri Address => new(app.Urls.First());

    /// <summary>Whether it holds a stream back until its end.</summary>
    public volatile bool HoldsStreams;

    /// <summary>Whether it never answers a request for a stream.</summary>
    public volatile bool SwallowsStreams;

    /// <summary>Whether it keeps the id that a stream goes on from to itself.</summary>
    public volatile bool ForgetsIds;

    /// <summary>Whether it breaks every connection, those that are open first.</summary>
    public bool IsDown
    {
        get => down.IsCancellationRequested;
        set
        {
            if (value)
            {
                down.Cancel();
            }
            else
            {
                down = new();
            }
        }
    }

    /// <summary>What was asked for, oldest first, with the id that a stream goes on from.</summary>
    public ConcurrentQueue<(string Path, string? LastEventId)> Requests { get; } = new();

    public IEnumerable<string?> StreamIds => Requests.Where(request => request.Path == "/api/job-events").Select(request => request.LastEventId);

    public static async Task<Proxy> StartAsync(Uri target)
    {
        var proxy = new Proxy();
        proxy.target.BaseAddress = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        proxy.app = builder.Build();
        proxy.app.Run(proxy.ForwardAsync);
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    /// <summary>Refuses one request for a stream in the server's place.</summary>
    public void Refuse(int status, string? retryAfter = null) => refusals.Enqueue((status, retryAfter));

    /// <summary>Breaks the connection of one stream when so many bytes of it have passed.</summary>
    public void CutAfter(int bytes) => cuts.Enqueue(bytes);

    public async ValueTask DisposeAsync()
    {
        // Streams would hold a stop in order up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        target.Dispose();
        down.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        await using var breaks = down.Token.Register(context.Abort);
        if (IsDown)
        {
            return;
        }

        Requests.Enqueue((path, context.Request.Headers["Last-Event-ID"].FirstOrDefault()));
        if (path == "/api/job-events")
        {
            if (refusals.TryDequeue(out var refusal))
            {
                context.Response.StatusCode = refusal.Status;
                context.Response.Headers.RetryAfter = refusal.RetryAfter;
                return;
            }

            if (SwallowsStreams)
            {
                var left = new TaskCompletionSource();
                await using var leaves = context.RequestAborted.Register(left.SetResult);
                await left.Task;
                return;
            }
        }

        try
        {
            await PassAsync(context);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), $"{context.Request.Path}{context.Request.QueryString}");
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, value) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Connection") && !(ForgetsIds && header.Key.Equals("Last-Event-ID", StringComparison.OrdinalIgnoreCase))))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        using var answer = await target.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
        {
            context.Response.Headers[name] = value.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        else if (HoldsStreams)
        {
            using var held = new MemoryStream();
            await body.CopyToAsync(held, context.RequestAborted);
            await context.Response.Body.WriteAsync(held.ToArray(), context.RequestAborted);
        }
        else
        {
            await PassStreamAsync(body, context, cuts.TryDequeue(out var cut) ? cut : int.MaxValue);
        }
    }

    private static async Task PassStreamAsync(Stream stream, HttpContext context, int cutAfter)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        await context.Response.StartAsync(context.RequestAborted);
        var buffer = new byte[4096];
        for (var left = cutAfter; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), context.RequestAborted);
            if (read == 0)
            {
                return;
            }

            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            left -= read;
        }

        // Closed at this end in place of aborted, which could destroy what is still on its way.
        await context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync();
    }
}
