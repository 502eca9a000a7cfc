using Queueing.Events;
using StackExchange.Redis;

namespace Queueing;

/// <summary>Tells the fleet that a queue has a new job. A hint: workers poll as well, so a lost one costs a moment.</summary>
internal sealed class JobWakeUp(IConnectionMultiplexer? redis = null)
{
    public void Signal(string queue)
    {
        // Without a connection the client would hold the message back and send a stale hint later.
        if (redis is { IsConnected: true })
        {
            redis.GetSubscriber().Publish(RedisKeys.WakeUp, queue, CommandFlags.FireAndForget);
        }
    }
}
