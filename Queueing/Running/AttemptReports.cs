using System.Text;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>What a running handler tells the job's clients.</summary>
internal sealed class AttemptReports(Attempt attempt, AttemptStore store, JobEvents events, TimeProvider time)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(30);

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private long seq = attempt.Job.Seq;
    private int piece;

    /// <exception cref="OperationCanceledException">The lease is lost.</exception>
    public async Task ReportProgressAsync(int percent, string? message, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.TryReportProgressAsync(attempt.Job, percent, cancellationToken) is { } reported)
            {
                lock (gate)
                {
                    // The text before the report goes out before it.
                    Flush();
                    (seq, piece) = (reported, 0);
                    events.Progressed(attempt.Job, reported, percent, message);
                }

                return;
            }
        }
        catch (NpgsqlException)
        {
            return; // Only the report is lost; a later one, or the outcome, tells as much.
        }

        attempt.Interrupt(Interruption.LeaseLost);
        throw new OperationCanceledException("The lease is lost: another worker has the job.");
    }

    public void WriteText(string written)
    {
        lock (gate)
        {
            var isFirst = text.Length == 0;
            text.Append(written);
            if (isFirst)
            {
                _ = FlushLaterAsync();
            }
        }
    }

    /// <summary>Sends what is still gathered: before the outcome does.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (text.Length > 0)
            {
                events.Wrote(attempt.Job, seq, ++piece, text.ToString());
                text.Clear();
            }
        }
    }

    private async Task FlushLaterAsync()
    {
        await Task.Delay(Gathering, time, CancellationToken.None);
        Flush();
    }
}
