using Microsoft.Extensions.Options;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>What the pumps of one worker share.</summary>
internal sealed class PumpServices(
    ClaimStore claims,
    JobQueues queues,
    SessionKeeper sessions,
    WakeUps wakeUps,
    JobWakeUp wakeUp,
    HeldAttempts held,
    JobRunner runner,
    JobEvents events,
    IOptions<JobWorkerOptions> options,
    TimeProvider time)
{
    // Outcomes that wait for the database: past this, slots wait for them.
    private const int MostUnrecorded = 4000;

    public ClaimStore Claims => claims;

    public JobQueues Queues => queues;

    public SessionKeeper Sessions => sessions;

    public WakeUps WakeUps => wakeUps;

    public JobWakeUp WakeUp => wakeUp;

    public HeldAttempts Held => held;

    public JobRunner Runner => runner;

    public JobEvents Events => events;

    public JobWorkerOptions Options => options.Value;

    public TimeProvider Time => time;

    public SemaphoreSlim Unrecorded { get; } = new(MostUnrecorded);
}
