using Microsoft.Extensions.Options;

namespace Queueing;

/// <summary>The queues that this process's job types wait in, with what holds for each.</summary>
public sealed class JobQueues
{
    private readonly IOptionsMonitor<JobQueueOptions> options;

    internal JobQueues(JobTypes types, IOptionsMonitor<JobQueueOptions> options)
    {
        this.options = options;
        Names = types.Queues;
    }

    /// <summary>The queues' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What holds for a queue; the defaults for one that nobody configured.</summary>
    public JobQueueOptions this[string queue] => options.Get(queue);
}
