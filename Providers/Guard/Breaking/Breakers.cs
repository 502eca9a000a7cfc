using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Providers.Guard;
using Providers.Guard.Breaking;
using StackExchange.Redis;

namespace Providers;

/// <summary>The circuits of all providers: this process's part in them, how they are in the whole fleet, and the hand that opens and closes them.</summary>
public sealed class Breakers : BackgroundService
{
    private static readonly BreakerOptions Defaults = new();

    private readonly ConcurrentDictionary<ProviderKey, Breaker> breakers = new();
    private readonly FleetCircuits? fleet;
    private readonly IConnectionMultiplexer? redis;
    private readonly TimeProvider time;
    private readonly ProcessClock clock;
    private readonly ILogger logger;
    private IReadOnlyDictionary<string, CircuitStatus> lastRead = new Dictionary<string, CircuitStatus>();
    private ChannelMessageQueue? changes;

    internal Breakers(IConnectionMultiplexer? redis, TimeProvider time, ILogger<Breakers> logger)
    {
        (this.redis, this.time, this.logger, clock) = (redis, time, logger, new(time));
        fleet = redis is null ? null : new(redis, clock);
        GuardTelemetry.Observe(this);
    }

    /// <summary>A circuit of this process has another state. Called under the circuit's lock: whoever listens must not wait.</summary>
    internal event Action<ProviderKey, CircuitState>? Changed;

    internal TimeSpan Interval { get; init; } = new BreakerTiming().Poll;

    internal IEnumerable<Breaker> All => breakers.Values;

    /// <returns>The breaker of a provider; the same one each time. Its rules are those of the first call.</returns>
    public Breaker For(ProviderKey provider, BreakerOptions options) =>
        breakers.GetOrAdd(provider, key => new(key, options, fleet, OnChanged, clock, logger));

    /// <summary>How the circuits of the whole fleet are, by <see cref="ProviderKey"/>'s name, in a process that makes no calls too.</summary>
    /// <remarks>While Redis is away: what this process knows of its own, and of the others what it read last.</remarks>
    public async Task<IReadOnlyDictionary<string, CircuitStatus>> ReadAsync()
    {
        var found = new SortedDictionary<string, CircuitStatus>(StringComparer.Ordinal);
        var isRead = await TryReadAllAsync(found);
        foreach (var (name, status) in lastRead.Where(_ => !isRead))
        {
            found[name] = status;
        }

        foreach (var breaker in breakers.Values.Where(breaker => !isRead || !found.ContainsKey(breaker.Name)))
        {
            found[breaker.Name] = breaker.Status;
        }

        return lastRead = found;
    }

    /// <summary>Opens a circuit by hand, for all processes.</summary>
    /// <param name="name">The circuit, as <see cref="ReadAsync"/> names it.</param>
    /// <param name="length">After which one call is let through to see how the provider is; null: not before somebody closes it.</param>
    /// <exception cref="RedisException">Redis can't be reached: nobody was told. A <see cref="TimeoutException"/> says the same.</exception>
    public Task OpenAsync(string name, TimeSpan? length = null) =>
        StepAsync(name, "open", length is { } time ? Math.Max(1, (long)time.TotalMilliseconds) : 0);

    /// <summary>Closes a circuit by hand, for all processes; what failed before is forgotten.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public Task CloseAsync(string name) => StepAsync(name, "close");

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await (changes?.UnsubscribeAsync(CommandFlags.FireAndForget) ?? Task.CompletedTask);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // The connection is gone, and the subscription with it.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        GuardTelemetry.Forget(this);
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await SubscribeAsync();
            await Task.WhenAll(breakers.Values.Select(breaker => breaker.PollAsync()));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void OnChanged(ProviderKey provider, CircuitState state) => Changed?.Invoke(provider, state);

    private async Task<bool> TryReadAllAsync(SortedDictionary<string, CircuitStatus> found)
    {
        if (fleet is null)
        {
            return false;
        }

        try
        {
            foreach (var name in await fleet.NamesAsync(Defaults.Timing.RedisTimeout))
            {
                if ((await fleet.StepAsync(name, Defaults, "read")).View is { } view)
                {
                    found[name] = view.ToStatus(clock);
                }
            }

            return true;
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return false;
        }
    }

    private async Task SubscribeAsync()
    {
        if (changes is not null || redis is not { IsConnected: true })
        {
            return;
        }

        try
        {
            changes = await fleet!.SubscribeAsync((name, view) =>
            {
                foreach (var breaker in breakers.Values.Where(breaker => breaker.Name == name))
                {
                    breaker.Heard(view);
                }
            });
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            // The next round tries again; until then the polls tell what changed.
        }
    }

    private async Task StepAsync(string name, string step, params RedisValue[] arguments)
    {
        if (fleet is not null)
        {
            await fleet.StepAsync(name, Defaults, step, arguments);
            return;
        }

        foreach (var breaker in breakers.Values.Where(breaker => breaker.Name == name))
        {
            breaker.ByHand(step == "open", arguments.Length > 0 && (long)arguments[0] > 0 ? TimeSpan.FromMilliseconds((long)arguments[0]) : null);
        }
    }
}
