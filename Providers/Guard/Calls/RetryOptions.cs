using System.ComponentModel.DataAnnotations;

namespace Providers;

/// <summary>What is tried again inside a job's attempt. Longer waits are the job's: its slot goes to another meanwhile.</summary>
public sealed class RetryOptions
{
    /// <summary>How often a call that failed for the moment is made again. 0 for never. Default: 2.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>The wait before the first; it doubles with each, and is spread. Default: 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait; where the provider asks for a longer one, the call isn't made again. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(5);
}
