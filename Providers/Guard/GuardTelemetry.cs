using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Providers;

/// <summary>The names under which calls to providers are reported. They are an interface: dashboards are built on them.</summary>
public static class GuardTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Providers";

    internal static readonly ActivitySource Source = new(Name);

    private const string ProviderTag = "provider.name";
    private const string ModelTag = "provider.model";
    private const string OutcomeTag = "provider.outcome";
    private const string FaultTag = "provider.fault";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "provider.call.duration", "s", "How long calls took, with all that held them back and all retries, by what came of them");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("provider.retries", "{call}", "Calls made again, by what went wrong");

    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("provider.timeouts", "{call}", "Calls that took too long");

    private static readonly Counter<long> BudgetRefusals = Meter.CreateCounter<long>(
        "provider.budget.refused", "{call}", "Calls that there was no money for, by what kind of limit");

    private static readonly Counter<double> Costs = Meter.CreateCounter<double>(
        "provider.cost", "{currency}", "What calls cost, where the provider said what they took");

    private static readonly Counter<long> Fallbacks = Meter.CreateCounter<long>(
        "provider.fallbacks", "{call}", "Calls that another provider was asked for, by why");

    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>(
        "provider.throttle.wait", "s", "How long calls were held back");

    private static readonly Counter<long> Throttled = Meter.CreateCounter<long>("provider.throttled", "{call}", "Calls refused, by limit");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(
        "provider.throttle.tokens", "{token}", "Tokens booked for calls that were let through, as estimated");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "provider.breaker.rejected", "{call}", "Calls kept from a provider whose circuit is open");

    private static readonly Counter<long> Changes = Meter.CreateCounter<long>("provider.breaker.changes", "{change}", "Changes of a circuit, by the new state");

    private static readonly ConcurrentDictionary<Breakers, byte> Observed = new();

    static GuardTelemetry() => Meter.CreateObservableGauge(
        "provider.breaker.state",
        () => Observed.Keys.SelectMany(breakers => breakers.All).Select(breaker => new Measurement<int>((int)breaker.Status.State, TagsOf(breaker.Provider))),
        "{state}",
        "0 closed, 1 open, 2 half open");

    /// <summary>Begins the span of a call, with everything that holds it back.</summary>
    internal static Activity? Begin(ProviderKey provider)
    {
        var activity = Source.StartActivity($"call {provider}");
        return activity?.SetTag(ProviderTag, provider.Provider).SetTag(ModelTag, provider.Model);
    }

    internal static void End(Activity? activity, ProviderKey provider, Exception? failure, TimeSpan duration)
    {
        var outcome = OutcomeOf(failure);
        var tags = TagsOf(provider);
        tags.Add(OutcomeTag, outcome);
        Duration.Record(duration.TotalSeconds, tags);
        activity?.SetTag(OutcomeTag, outcome);
        if (failure is not (null or OperationCanceledException))
        {
            activity?.SetStatus(ActivityStatusCode.Error, outcome);
        }
    }

    internal static void Retried(ProviderKey provider, string fault, TimeSpan wait)
    {
        var tags = TagsOf(provider);
        tags.Add(FaultTag, fault);
        Retries.Add(1, tags);
        Note("retry", provider, new(FaultTag, fault), new("retry_after", wait.TotalSeconds));
    }

    internal static void TimedOut(ProviderKey provider)
    {
        Timeouts.Add(1, TagsOf(provider));
        Note("timeout", provider);
    }

    internal static void Reserved(ProviderKey provider, decimal amount) =>
        Note("budget.reserved", provider, new KeyValuePair<string, object?>("provider.cost", (double)amount));

    internal static void Settled(ProviderKey provider, decimal cost)
    {
        Costs.Add((double)cost, TagsOf(provider));
        Note("budget.settled", provider, new KeyValuePair<string, object?>("provider.cost", (double)cost));
    }

    internal static void Unaffordable(ProviderKey provider, string scope)
    {
        // Not the scope itself: it may be an owner's.
        var kind = scope.Split(':')[0];
        var tags = TagsOf(provider);
        tags.Add("provider.budget.scope", kind);
        BudgetRefusals.Add(1, tags);
        Note("budget.refused", provider, new KeyValuePair<string, object?>("provider.budget.scope", kind));
    }

    internal static void FellBack(ProviderKey provider, string why)
    {
        var tags = TagsOf(provider);
        tags.Add("provider.why", why);
        Fallbacks.Add(1, tags);
        Note("fallback", provider, new KeyValuePair<string, object?>("provider.why", why));
    }

    /// <summary>Reports the states of these circuits from now on.</summary>
    internal static void Observe(Breakers breakers) => Observed.TryAdd(breakers, 0);

    internal static void Forget(Breakers breakers) => Observed.TryRemove(breakers, out _);

    internal static void Rejected(ProviderKey provider, TimeSpan retryAfter)
    {
        Refusals.Add(1, TagsOf(provider));
        Note("breaker.rejected", provider, new KeyValuePair<string, object?>("retry_after", retryAfter.TotalSeconds));
    }

    internal static void Probe(ProviderKey provider) => Note("breaker.probe", provider);

    internal static void Changed(ProviderKey provider, CircuitState state)
    {
        var tags = TagsOf(provider);
        tags.Add("provider.breaker.state", NameOf(state));
        Changes.Add(1, tags);
        Note("breaker.changed", provider, new KeyValuePair<string, object?>("provider.breaker.state", NameOf(state)));
    }

    internal static void Admitted(ProviderKey provider, TimeSpan waited, long tokens, bool byShare)
    {
        var tags = TagsOf(provider);
        Wait.Record(waited.TotalSeconds, tags);
        Tokens.Add(tokens, tags);
        Note("throttle.admitted", provider, new("provider.throttle.wait", waited.TotalSeconds), new("provider.throttle.tokens", tokens), new("provider.throttle.share", byShare));
    }

    internal static void Refused(ProviderKey provider, ThrottleLimit limit, TimeSpan retryAfter)
    {
        var tags = TagsOf(provider);
        tags.Add("provider.limit", NameOf(limit));
        Throttled.Add(1, tags);
        Note("throttle.refused", provider, new("provider.limit", NameOf(limit)), new("retry_after", retryAfter.TotalSeconds));
    }

    internal static void Settled(ProviderKey provider, long? tokens, bool nothingSent) =>
        Note("throttle.settled", provider, new("provider.throttle.tokens", tokens), new("provider.throttle.refunded", nothingSent));

    private static string OutcomeOf(Exception? failure) => failure switch
    {
        null => "answered",
        ProviderException provider => provider.Fault.Word,
        ThrottledException => "throttled",
        CircuitOpenException => "circuit-open",
        BudgetSpentException => "budget-spent",
        OperationCanceledException => "called-off",
        _ => "failed",
    };

    private static string NameOf(ThrottleLimit limit) => limit switch
    {
        ThrottleLimit.Requests => "requests",
        ThrottleLimit.Tokens => "tokens",
        ThrottleLimit.Concurrency => "concurrency",
        _ => throw new UnreachableException(),
    };

    private static string NameOf(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.Open => "open",
        CircuitState.HalfOpen => "half_open",
        _ => throw new UnreachableException(),
    };

    private static TagList TagsOf(ProviderKey provider)
    {
        var tags = new TagList { { ProviderTag, provider.Provider } };
        if (provider.Model is { } model)
        {
            tags.Add(ModelTag, model);
        }

        return tags;
    }

    // The steps of the guard are events of the span around the call.
    private static void Note(string name, ProviderKey provider, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            activity.AddEvent(new(name, tags: [new(ProviderTag, provider.ToString()), .. tags]));
        }
    }
}
