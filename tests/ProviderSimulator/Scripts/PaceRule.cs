using System.ComponentModel.DataAnnotations;

namespace ProviderSimulator.Scripts;

/// <summary>How long answers take, of success and of failure alike.</summary>
public sealed record PaceRule : Rule
{
    /// <summary>Before anything is answered. Defaults to nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Latency { get; init; }

    /// <summary>Up to this is added to <see cref="Latency"/>, evenly distributed. Defaults to nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Jitter { get; init; }

    /// <summary>Between the head of a stream and its first piece; an answer that isn't streamed takes it too. Defaults to nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FirstToken { get; init; }

    /// <summary>Before each further token; an answer that isn't streamed takes it for all of them at once. Defaults to nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan PerToken { get; init; }
}
