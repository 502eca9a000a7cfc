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
