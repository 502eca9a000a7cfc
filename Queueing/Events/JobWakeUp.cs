using System.Globalization;
using Queueing.Events;
using StackExchange.Redis;

namespace Queueing;

/// <summary>Tells the fleet that a queue has new jobs. A hint: workers poll as well, so a lost one costs a moment.</summary>
internal sealed class JobWakeUp(IConnectionMultiplexer? redis = null)
{
    /// <summary>Raised in this process too, so that a worker that enqueues hears itself without Redis.</summary>
    public event Action<string, long>? Raised;

    /// <param name="queue">The queue.</param>
    /// <param name="rank">The lowest rank among the new jobs.</param>
    public void Signal(string queue, long rank)
    {
        Raised?.Invoke(queue, rank);

        // Without a connection the client would hold the message back and send a stale hint later.
        if (redis is { IsConnected: true })
        {
            redis.GetSubscriber().Publish(RedisKeys.WakeUp, string.Create(CultureInfo.InvariantCulture, $"{rank} {queue}"), CommandFlags.FireAndForget);
        }
    }

    /// <returns>Null for a message of another build.</returns>
    internal static (string Queue, long Rank)? Parse(string? message) =>
        message?.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space
        && long.TryParse(message.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rank)
            ? (message[(space + 1)..], rank)
            : null;
}
