using System.Text;
using Npgsql;
using Queueing.Events;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>What a running handler tells the job's clients.</summary>
internal sealed class AttemptReports(Attempt attempt, AttemptStore store, JobEvents events, TimeProvider time)
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(30);

    private readonly Lock gate = new();
    private readonly StringBuilder gathered = new();
    private long seq = attempt.Job.Seq;
    private TextPosition sent;
    private bool flushing;
    private bool closed;

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
                    seq = reported;
                    events.Progressed(attempt.Job, reported, sent.Length, percent, message);
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
            if (closed)
            {
                return; // The handler has ended, and left something behind that still writes.
            }

            gathered.Append(written);
            if (!flushing)
            {
                flushing = true;
                _ = FlushLaterAsync();
            }
        }
    }

    /// <summary>Sends what is still gathered, before the outcome goes out, and takes no more.</summary>
    /// <returns>The length of the whole text in UTF-16 code units; null for none.</returns>
    public int? Close()
    {
        lock (gate)
        {
            closed = true;
            Flush();
            return sent.Length > 0 ? sent.Length : null;
        }
    }

    private void Flush()
    {
        // A character beyond the first 65,536 is two code units; its half can't be sent and waits for the other.
        var whole = gathered.Length > 0 && char.IsHighSurrogate(gathered[^1]) && !closed ? gathered.Length - 1 : gathered.Length;
        if (whole > 0)
        {
            // What is no character at all is replaced here, so that all count the same.
            var bytes = Encoding.UTF8.GetBytes(gathered.ToString(0, whole));
            var text = Encoding.UTF8.GetString(bytes);
            gathered.Remove(0, whole);
            events.Wrote(attempt.Job, seq, sent, text);
            sent = new(sent.Length + text.Length, sent.Bytes + bytes.Length);
        }
    }

    private async Task FlushLaterAsync()
    {
        await Task.Delay(Gathering, time, CancellationToken.None);
        lock (gate)
        {
            flushing = false;
            Flush();
        }
    }
}
