using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AspireJobs.Client;

/// <summary>How a client follows jobs, and how it writes payloads and reads results.</summary>
public sealed class JobClientOptions
{
    /// <summary>
    /// A stream that brings no byte for so long is held back by something on the way: the jobs' status is asked for instead,
    /// and the stream tried anew. Default: 30 s, two of the server's heartbeats.
    /// </summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the server may hold an answer about a job's status until something changes; whole seconds, 30 s at most.
    /// Asked for less where <see cref="HttpClient.Timeout"/> would cut it. Default: 30 s.
    /// </summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two questions about the status, of one job or of all. Default: 2 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest wait after a failure. Waits are drawn at random between zero and a limit, which begins with the
    /// <c>retry</c> time of the server (2 s until it says one) and doubles with each failure in a row. Default: 30 s.
    /// </summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How payloads are written and results read: camelCase. A trimmed application inserts its own context at the head of
    /// <see cref="JsonSerializerOptions.TypeInfoResolverChain"/>.
    /// </summary>
    public JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonSerializer.IsReflectionEnabledByDefault ? ByReflection() : JsonTypeInfoResolver.Combine(),
    };

    internal JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T));

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SilenceLimit, TimeSpan.Zero, nameof(SilenceLimit));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongPoll, TimeSpan.Zero, nameof(LongPoll));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LongPoll, TimeSpan.FromSeconds(30), nameof(LongPoll));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PollInterval, TimeSpan.Zero, nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxBackoff, TimeSpan.Zero, nameof(MaxBackoff));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the application left reflection on.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where the application left reflection on.")]
    private static DefaultJsonTypeInfoResolver ByReflection() => new();
}
