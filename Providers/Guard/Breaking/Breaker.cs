using Microsoft.Extensions.Logging;
using Providers.Guard;
using Providers.Guard.Breaking;
using StackExchange.Redis;

namespace Providers;

/// <summary>Leaves one provider alone, in all processes together, when too many calls to it fail.</summary>
public sealed partial class Breaker
{
    private readonly BreakerOptions options;
    private readonly ProcessClock clock;
    private readonly ILogger logger;
    private readonly FleetCircuits? fleet;
    private readonly Circuit circuit;
    private int isClaiming;

    internal Breaker(
        ProviderKey provider, BreakerOptions options, FleetCircuits? fleet, Action<ProviderKey, CircuitState> changed, ProcessClock clock, ILogger logger)
    {
        (Provider, this.options, this.fleet, this.clock, this.logger) = (provider, options, fleet, clock, logger);
        (Name, circuit) = (provider.ToString(), new(provider, options, fleet is null, changed, clock, logger));
    }

    /// <summary>The provider that is watched.</summary>
    public ProviderKey Provider { get; }

    /// <summary>How its circuit is, as far as this process knows.</summary>
    public CircuitStatus Status => circuit.View.ToStatus(clock);

    internal string Name { get; }

    internal Func<Exception, bool> IsFailure => options.IsFailure;

    internal bool IsInStep => !circuit.IsAway && circuit.View.Id is not null;

    /// <summary>Lets a call through, with no question to Redis while the circuit is closed.</summary>
    /// <exception cref="CircuitOpenException">It is open, or another call is the probe.</exception>
    internal async ValueTask<BreakerEntry> EnterAsync()
    {
        var seen = circuit.View;
        if (seen.State != CircuitState.Closed && clock.Now >= seen.ClaimableAt && await ClaimAsync() is { } probe)
        {
            GuardTelemetry.Probe(Provider);
            return new(circuit.View.Version, probe);
        }

        seen = circuit.View;
        if (seen.State == CircuitState.Closed)
        {
            return new(seen.Version, null);
        }

        var refusal = Refusal(seen);
        GuardTelemetry.Rejected(Provider, refusal.RetryAfter);
        throw refusal;
    }

    /// <summary>Takes down what came of a call. Never waits.</summary>
    internal void Leave(BreakerEntry entry, CallVerdict verdict)
    {
        if (entry.Probe is { } probe)
        {
            _ = FinishAsync(probe, verdict);
        }
        else if (verdict != CallVerdict.Neither && circuit.Count(entry.Version, verdict == CallVerdict.Failed))
        {
            _ = TellFailuresAsync();
        }
    }

    /// <summary>Tells Redis what is to be told, and learns how the circuit is.</summary>
    internal async Task PollAsync()
    {
        if (fleet is null)
        {
            return;
        }

        var (before, wasAway, openedAlone, successes, failures, version) = circuit.TakeUntold();
        var isClosed = before.State == CircuitState.Closed;
        try
        {
            var answer = await fleet.StepAsync(
                Name, options, "record", successes, failures, version, circuit.OwnProbe ?? "",
                Milliseconds(options.Timing.ProbeLease), isClosed ? 1 : 0);

            // Redis lost it, or this process found the provider unwell while it was alone: the fleet has to know.
            var isNews = answer.View is null || (answer.View.State == CircuitState.Closed && (openedAlone || answer.View.Id != before.Id));
            if (!isClosed && isNews && circuit.View == before)
            {
                answer = await fleet.StepAsync(
                    Name, options, "adopt", before.NextAt == CircuitView.Never ? 0 : Math.Max(1, before.NextAt - clock.Now), before.Breaks,
                    before.Failures, before.OpenedAt is { } opened ? Milliseconds(clock.UtcNow - opened) : 0);
            }

            if (answer.View is { } now)
            {
                Heard(now, wasAway);
            }
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            GoAway(exception.Message);
        }
    }

    /// <summary>Takes in a change that Redis published; one of a circuit that it lost and has anew waits for the next poll.</summary>
    internal void Heard(CircuitView change)
    {
        if (change.Id == circuit.View.Id || circuit.View.Id is null)
        {
            circuit.Heard(change);
        }
    }

    /// <inheritdoc cref="Circuit.ByHand"/>
    internal void ByHand(bool open, TimeSpan? length) => circuit.ByHand(open, length);

    private void Heard(CircuitView now, bool wasAway)
    {
        if (wasAway)
        {
            circuit.Back(now);
            LogBack(Provider);
        }
        else
        {
            circuit.Heard(now, always: now.Id != circuit.View.Id);
        }
    }

    private async Task<string?> ClaimAsync()
    {
        // Of this process's calls one asks; the others are refused as if it had been asked already.
        if (Interlocked.Exchange(ref isClaiming, 1) == 1)
        {
            return null;
        }

        try
        {
            var probe = Guid.CreateVersion7().ToString("n");
            if (!circuit.IsAway && await TryStepAsync("claim", probe, Milliseconds(options.Timing.ProbeLease)) is { } answer)
            {
                if (answer.IsProbe)
                {
                    circuit.BeginProbe(probe);
                }

                if (answer.View is { } now)
                {
                    circuit.Heard(now);
                }

                // Where Redis has lost the circuit, the next poll brings it there again.
                return answer.IsProbe ? probe : null;
            }

            return circuit.ClaimAlone(probe) ? probe : null;
        }
        finally
        {
            Volatile.Write(ref isClaiming, 0);
        }
    }

    private async Task FinishAsync(string probe, CallVerdict verdict)
    {
        var word = verdict switch
        {
            CallVerdict.Answered => "ok",
            CallVerdict.Failed => "failed",
            _ => "neither",
        };
        if (!circuit.IsAway && await TryStepAsync("finish", probe, word) is { View: { } now })
        {
            circuit.EndProbe(probe);
            circuit.Heard(now);
        }
        else
        {
            circuit.FinishAlone(probe, verdict);
        }
    }

    private async Task TellFailuresAsync()
    {
        do
        {
            await PollAsync();
        }
        while (circuit.HasMoreToTell());
    }

    private async Task<CircuitAnswer?> TryStepAsync(string step, params RedisValue[] arguments)
    {
        try
        {
            return await fleet!.StepAsync(Name, options, step, arguments);
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            GoAway(exception.Message);
            return null;
        }
    }

    private void GoAway(string reason)
    {
        if (circuit.GoAway())
        {
            LogAway(Provider, reason);
        }
    }

    private CircuitOpenException Refusal(CircuitView seen)
    {
        var wait = seen switch
        {
            { State: CircuitState.HalfOpen } => options.Break,
            { NextAt: CircuitView.Never } => options.LongestBreak,
            _ => TimeSpan.FromMilliseconds(Math.Max(0, seen.NextAt - clock.Now)),
        };

        // Whoever comes first is the probe; so they come a little apart.
        return new(Provider, wait + (options.Break * Random.Shared.NextDouble()), seen.ToStatus(clock).NextProbeAt);
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis doesn't answer ({Reason}); this process keeps a circuit of its own for {Provider} until it does")]
    private partial void LogAway(ProviderKey provider, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis is back; the circuit of {Provider} is the fleet's again")]
    private partial void LogBack(ProviderKey provider);
}
