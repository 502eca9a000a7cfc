using System.Text.Json;
using Queueing;

namespace Notifications.Streams;

/// <summary>What a client is told first, before anything new happens.</summary>
/// <param name="Events">In order: for a new client the snapshot and the job's past; for one that comes back what it missed.</param>
/// <param name="Position">The seq up to which the events tell the job's story.</param>
internal sealed record JobBacklog(IReadOnlyList<JobEvent> Events, long Position)
{
    private const string Connected = "connected";
    private const string Gap = "gap";

    public bool IsFinal => Events.Count > 0 && Events[^1].IsFinal;

    public static async Task<JobBacklog> ReadAsync(
        Guid jobId, long? lastEventId, JobReader jobs, JobEventLog log, CancellationToken cancellationToken)
    {
        // The log first: what it lacks because it was read early comes from the listener, which is older than both.
        var logged = await log.ReadAsync(jobId);
        var status = await jobs.FindAsync(jobId, cancellationToken)
            ?? throw new InvalidOperationException($"The job {jobId} was removed while a client connected.");
        return Compose(status, logged, lastEventId);
    }

    internal static JobBacklog Compose(JobStatus status, IReadOnlyList<JobEvent> logged, long? lastEventId)
    {
        var past = logged.Where(jobEvent => jobEvent.Seq <= status.Seq && jobEvent.Seq > (lastEventId ?? 0)).ToList();
        if (lastEventId is { } last)
        {
            return MissesNothing(status, past, last)
                ? Complete(status, past, last)
                : Complete(status, [GapAfter(status, last), Snapshot(status, [])], StartOf(status, []));
        }

        return Complete(status, [Snapshot(status, past), .. past], StartOf(status, past));
    }

    // One missing event can be told from the status; more need the log, without a hole.
    private static bool MissesNothing(JobStatus status, List<JobEvent> past, long last) =>
        past.Select((jobEvent, index) => jobEvent.Seq == last + 1 + index).All(follows => follows)
        && (past.Count > 0 || status.Seq <= last + 1);

    // The final event must come, also when Redis never had it.
    private static JobBacklog Complete(JobStatus status, List<JobEvent> events, long position)
    {
        if (events.Count > 0)
        {
            position = Math.Max(position, events[^1].Seq);
        }

        if (status.IsFinal && position < status.Seq)
        {
            events.Add(StatusEvents.From(status));
            position = status.Seq;
        }

        return new(events, position);
    }

    private static JobEvent Snapshot(JobStatus status, List<JobEvent> past) => Event(status, Connected, StartOf(status, past), status);

    private static JobEvent GapAfter(JobStatus status, long last) =>
        Event(status, Gap, StartOf(status, []), new { status.JobId, lastEventId = last });

    /// <summary>
    /// The id of the snapshot: just before what follows it, so that a client cut off between the two is told the rest.
    /// </summary>
    private static long StartOf(JobStatus status, List<JobEvent> past) =>
        past.Count > 0 ? past[0].Seq - 1 : status.IsFinal ? status.Seq - 1 : status.Seq;

    private static JobEvent Event<TData>(JobStatus status, string name, long id, TData data) =>
        new(status.JobId, status.Owner, id, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null);
}
