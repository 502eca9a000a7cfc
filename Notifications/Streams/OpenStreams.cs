using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Notifications.Streams;

/// <summary>The streams that are open: keeps them awake, ends them in time, and all of them when the service stops.</summary>
internal sealed class OpenStreams : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<OpenStream, byte> streams = new();
    private readonly StreamOptions options;
    private readonly TimeProvider time;

    public OpenStreams(IOptions<StreamOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        (this.options, this.time) = (options.Value, time);
        lifetime.ApplicationStopping.Register(() => EndAll(Signals.Stopping));
    }

    public int Count => streams.Count;

    /// <summary>Opens a stream, for <see cref="StreamMiddleware"/> to let go on and to end.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="place">Left when the stream ends.</param>
    /// <param name="expiresAt">When its caller may follow no longer; null for never.</param>
    public OpenStream Open(HttpContext context, IDisposable place, DateTimeOffset? expiresAt)
    {
        var endsAt = time.GetUtcNow() + Jitter.Around(options.Rotation, 0.2);
        var stream = new OpenStream(context, place, expiresAt < endsAt ? expiresAt.Value : endsAt, this, options, time);
        streams.TryAdd(stream, default);
        context.Features.Set(stream);
        return stream;
    }

    /// <summary>When a client that is sent away comes back: the more there are, the more they are spread.</summary>
    public TimeSpan Spread() => options.Retry + (Jitter.Fraction() * TimeSpan.FromSeconds((double)Count / options.ReconnectsPerSecond));

    public void Close(OpenStream stream) => streams.TryRemove(stream, out _);

    internal void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (stream, _) in streams)
        {
            stream.Sweep(now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Sweep();
        }
    }

    private void EndAll(Signals signal)
    {
        foreach (var (stream, _) in streams)
        {
            stream.Inbox.Signal(signal);
        }
    }
}
