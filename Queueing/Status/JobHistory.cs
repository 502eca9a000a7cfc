using System.Text.Json;

namespace Queueing;

/// <summary>How a job stands and how it came to that, told from the database alone: its changes of state, without progress and text.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="States">The events of its changes of state since it was accepted, in order, each with its own seq.</param>
/// <param name="Claim">The seq of the claim of the attempt that runs, or that ended the job; null when the job waits, or ended without one.</param>
/// <param name="IsWhole">False when something is missing among the states: a worker of an older build doesn't write all of them.</param>
public sealed record JobHistory(JobStatus Status, IReadOnlyList<JobEvent> States, long? Claim, bool IsWhole)
{
    // What is written is how each attempt, or life, ended. A claim is the change that follows, if another comes after it.
    internal static JobHistory Compose(JobStatus status, IEnumerable<JobTransition> transitions)
    {
        var states = new List<JobEvent>();
        var (seq, attempt) = (1L, 0);
        long? claim = null;
        foreach (var transition in transitions.Where(transition => transition.Seq <= status.Seq))
        {
            Begin(before: transition.Seq);
            states.Add(transition.ToEvent(status));
            (seq, attempt, claim) = (transition.Seq, transition.Attempt, null);
        }

        if (status.IsFinal)
        {
            Begin(before: status.Seq);
            states.Add(StatusEvents.From(status));
            return new(status, states, claim, status.Attempt == attempt || status.Attempt == attempt + 1);
        }

        if (status.Status == JobState.Active)
        {
            Begin(before: status.Seq + 1);
            return new(status, states, claim, status.Attempt == attempt + 1);
        }

        return new(status, states, Claim: null, status.Seq == seq);

        void Begin(long before)
        {
            if (before > seq + 1)
            {
                claim = seq + 1;
                states.Add(new(
                    status.JobId,
                    status.Owner,
                    seq + 1,
                    JobEventName.Active,
                    JsonSerializer.SerializeToElement(new { status.JobId, attempt = attempt + 1, status.MaxAttempts }, JobJson.Options),
                    TraceParent: null));
            }
        }
    }
}
