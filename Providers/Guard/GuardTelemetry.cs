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

    private static readonly Meter Meter = new(Name);

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
