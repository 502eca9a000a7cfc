using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Features.Tests.Webhooks;

/// <summary>A server that is called back: it keeps every call, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>Answers the n-th call, from 1.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new($"http://localhost:{new Uri(app.Urls.First()).Port}/hook?k=v");

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.ReceiveAsync);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public Task UntilCalledAsync(int calls) => Eventually.TrueAsync(() => Calls.Count >= calls, $"{calls} calls");

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Calls.Enqueue(new(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, await reader.ReadToEndAsync()));
        await Answer(Calls.Count, context);
    }

    internal sealed record Call(string Method, string Path, Dictionary<string, string> Headers, string Body);
}
