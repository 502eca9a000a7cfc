using Microsoft.Extensions.Logging;

namespace Providers.Guard.Breaking;

/// <summary>This process's copy of a circuit, and the same rule for it alone while Redis is away.</summary>
internal sealed partial class Circuit(
    ProviderKey provider, BreakerOptions options, bool isAlone, Action<ProviderKey, CircuitState> changed, ProcessClock clock, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly CallCounts counts = new(options.Window);
    private volatile CircuitView view = CircuitView.Unknown;
    private (int Successes, int Failures, long Version) untold;
    private bool isAway = isAlone;
    private bool openedAlone;
    private bool isTelling;

    public CircuitView View => view;

    public bool IsAway => Volatile.Read(ref isAway);

    /// <summary>The probe that a call of this process is.</summary>
    public string? OwnProbe { get; private set; }

    /// <summary>Counts what came of a call.</summary>
    /// <returns>True when the caller has to tell Redis; successes can wait for the next poll, or the next failure.</returns>
    public bool Count(long version, bool failed)
    {
        lock (gate)
        {
            // A call that began before this process had heard of the circuit belongs to the one that it has heard of since.
            version = version == CircuitView.Unknown.Version ? view.Version : version;
            if (view.State != CircuitState.Closed || view.Version != version)
            {
                return false;
            }

            counts.Add(clock.Now, failed);
            if (isAway)
            {
                Judge();
                return false;
            }

            untold = untold.Version == version || untold.Version == CircuitView.Unknown.Version ? untold with { Version = version } : (0, 0, version);
            untold = failed ? untold with { Failures = untold.Failures + 1 } : untold with { Successes = untold.Successes + 1 };
            return failed && !isTelling && (isTelling = true);
        }
    }

    /// <returns>Whether the caller has to tell what failed while it told the last.</returns>
    public bool HasMoreToTell()
    {
        lock (gate)
        {
            return isTelling = untold.Failures > 0 && !isAway;
        }
    }

    /// <summary>Takes what Redis is to be told. What is lost on the way is lost: the next failures tell the same story.</summary>
    public (CircuitView Before, bool WasAway, bool OpenedAlone, int Successes, int Failures, long Version) TakeUntold()
    {
        lock (gate)
        {
            var (successes, failures, version) = untold;
            untold = default;
            return (view, isAway, openedAlone, successes, failures, version);
        }
    }

    /// <summary>Takes in what Redis told. Answers and messages may overtake each other: the later version is right.</summary>
    public void Heard(CircuitView now, bool always = false)
    {
        lock (gate)
        {
            if (always || now.Version >= view.Version)
            {
                openedAlone = false;
                Change(now);
            }
        }
    }

    /// <returns>False when that was known.</returns>
    public bool GoAway()
    {
        lock (gate)
        {
            if (isAway)
            {
                return false;
            }

            isAway = true;
            if (view.State == CircuitState.Closed)
            {
                // What Redis was being told may not have come there.
                Judge();
            }

            return true;
        }
    }

    /// <summary>Redis answers again, and the fleet's circuit counts, whatever this process thought meanwhile.</summary>
    public void Back(CircuitView now)
    {
        lock (gate)
        {
            isAway = false;

            // What this process has found out just now Redis couldn't know: the next poll tells it.
            if (!openedAlone || now.State != CircuitState.Closed)
            {
                Heard(now, always: true);
            }
        }
    }

    public void BeginProbe(string probe)
    {
        lock (gate)
        {
            OwnProbe = probe;
        }
    }

    public void EndProbe(string probe)
    {
        lock (gate)
        {
            OwnProbe = OwnProbe == probe ? null : OwnProbe;
        }
    }

    public bool ClaimAlone(string probe)
    {
        lock (gate)
        {
            if (view.State == CircuitState.Closed || clock.Now < view.ClaimableAt)
            {
                return false;
            }

            OwnProbe = probe;
            Change(view with
            {
                Version = view.Version + 1,
                State = CircuitState.HalfOpen,
                ProbeUntil = clock.Now + (long)options.Timing.ProbeLease.TotalMilliseconds,
            });
            return true;
        }
    }

    public void FinishAlone(string probe, CallVerdict verdict)
    {
        lock (gate)
        {
            if (OwnProbe != probe)
            {
                return;
            }

            OwnProbe = null;
            openedAlone |= verdict == CallVerdict.Failed;
            Change(verdict switch
            {
                CallVerdict.Answered => view.Closed(),
                CallVerdict.Failed => view.Opened(clock, BreakAfter(view.Breaks), view.Failures, view.Breaks + 1),
                _ => view.Opened(clock, TimeSpan.Zero, view.Failures, view.Breaks),
            });
        }
    }

    /// <summary>Opens or closes it by hand where there is no Redis.</summary>
    public void ByHand(bool open, TimeSpan? length)
    {
        lock (gate)
        {
            var now = open ? view.Opened(clock, length ?? TimeSpan.Zero, view.Failures, 0) : view.Closed();
            Change(open && length is null ? now with { NextAt = CircuitView.Never } : now);
        }
    }

    // The rule of Circuit.lua.
    private void Judge()
    {
        var (all, failures) = counts.Sum(clock.Now);
        if (failures > 0 && all >= options.MinimumCalls && failures >= all * options.FailureRatio)
        {
            openedAlone = true;
            Change(view.Opened(clock, BreakAfter(0), failures, 1));
        }
        else
        {
            view = view with { Failures = failures };
        }
    }

    private TimeSpan BreakAfter(int breaks) =>
        TimeSpan.FromMilliseconds(Math.Min(options.LongestBreak.TotalMilliseconds, options.Break.TotalMilliseconds * Math.Pow(2, breaks)));

    private void Change(CircuitView now)
    {
        var before = view;
        view = now;
        if (before.State == now.State)
        {
            return;
        }

        if (now.State == CircuitState.Closed)
        {
            openedAlone = false;
            counts.Clear();
        }

        changed(provider, now.State);
        GuardTelemetry.Changed(provider, now.State);
        LogChanged(provider, now.State, now.Failures);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The circuit of {Provider} is {State} now; failures in the window: {Failures}")]
    private partial void LogChanged(ProviderKey provider, CircuitState state, int failures);
}
