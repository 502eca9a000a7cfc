using StackExchange.Redis;

namespace Providers.Guard.Breaking;

/// <summary>The circuits of the whole fleet, in Redis.</summary>
internal sealed class FleetCircuits(IConnectionMultiplexer redis, ProcessClock clock)
{
    private static readonly RedisChannel Changes = RedisChannel.Literal("guard:circuits");

    // The braces keep all of them on one server of a cluster.
    private static readonly RedisKey Names = "guard:{circuits}:names";

    public async Task<CircuitAnswer> StepAsync(string name, BreakerOptions options, string step, params RedisValue[] arguments)
    {
        var answer = (string[])(await redis.GetDatabase().ScriptEvaluateAsync(
            GuardScripts.Circuit,
            [KeyOf(name), Names],
            [
                step, name, Changes.ToString(), Milliseconds(options.Timing.Lifetime), Milliseconds(options.Window),
                options.FailureRatio, options.MinimumCalls, Milliseconds(options.Break), Milliseconds(options.LongestBreak), .. arguments,
            ])
            .WaitAsync(step == "claim" ? options.Timing.RedisTimeout : options.Timing.Patience, clock.Time))!;
        return answer[0] == "absent" ? new(null, false) : new(CircuitView.Parse(answer.AsSpan(1), clock), answer[0] == "probe");
    }

    public async Task<IReadOnlyList<string>> NamesAsync(TimeSpan patience) =>
        [.. (await redis.GetDatabase().SetMembersAsync(Names).WaitAsync(patience, clock.Time)).Select(name => name.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Tells of every change from now on; after a lost connection too, but for what changed meanwhile.</summary>
    public async Task<ChannelMessageQueue> SubscribeAsync(Action<string, CircuitView> changed)
    {
        var messages = await redis.GetSubscriber().SubscribeAsync(Changes);
        messages.OnMessage(message =>
        {
            // The name, a word for the answer, and the answer.
            var fields = message.Message.ToString().Split('\n');
            changed(fields[0], CircuitView.Parse(fields.AsSpan(2), clock));
        });
        return messages;
    }

    private static RedisKey KeyOf(string name) => $"guard:{{circuits}}:{name}";

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
