using Npgsql;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Producing;

/// <summary>Sends, and takes down the answer.</summary>
internal sealed class Sender(JobQueue queue, NpgsqlDataSource database, Recorder recorder)
{
    public Task<Answer> SendAsync(Sending sending) => sending.Items.Count == 1
        ? RecordAsync(sending, CallKind.Single, async () => [await SendOneAsync(sending)])
        : RecordAsync(sending, CallKind.Batch, () => SendBatchAsync(sending));

    /// <summary>Sends in a transaction of its own, with an entry in the producer's ledger.</summary>
    public async Task SendInTransactionAsync(Sending sending, bool rollBack)
    {
        var committing = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var command = new NpgsqlCommand("insert into ledger (token) values ($1)", connection, transaction))
            {
                command.Parameters.Add(new() { Value = sending.Items[0].Token });
                await command.ExecuteNonQueryAsync();
            }

            var job = await WriteAsync(transaction, sending);
            if (rollBack)
            {
                await transaction.RollbackAsync();
                Add(sending, CallKind.Transaction, Answer.Refused, []);
                return;
            }

            committing = true;
            await transaction.CommitAsync();
            Add(sending, CallKind.Transaction, Answer.Accepted, [job]);
        }
        catch (Exception exception) when (exception is NpgsqlException or EnqueueRefusedException or InvalidOperationException or IOException)
        {
            Add(sending, CallKind.Transaction, committing ? Answer.Unknown : Answer.Refused, []);
        }
    }

    private async Task<Answer> RecordAsync(Sending sending, CallKind kind, Func<Task<IReadOnlyList<EnqueuedJob>>> send)
    {
        try
        {
            return Add(sending, kind, Answer.Accepted, await send());
        }
        catch (EnqueueRefusedException)
        {
            return Add(sending, kind, Answer.Refused, []);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or ObjectDisposedException)
        {
            return Add(sending, kind, Answer.Unknown, []);
        }
    }

    private Answer Add(Sending sending, CallKind kind, Answer answer, IReadOnlyList<EnqueuedJob> jobs)
    {
        recorder.Add(new(kind, sending.Items, answer, [.. jobs.Select(job => job.JobId)]));
        return answer;
    }

    private Task<EnqueuedJob> SendOneAsync(Sending sending) => sending.Queue == HistoryJobs.OpenQueue
        ? queue.EnqueueAsync(Open(sending)[0], sending.Owner, sending.Options)
        : queue.EnqueueAsync(Capped(sending)[0], sending.Owner, sending.Options);

    private Task<IReadOnlyList<EnqueuedJob>> SendBatchAsync(Sending sending) => sending.Queue == HistoryJobs.OpenQueue
        ? queue.EnqueueAllAsync(Open(sending), sending.Owner, sending.Options)
        : queue.EnqueueAllAsync(Capped(sending), sending.Owner, sending.Options);

    private Task<EnqueuedJob> WriteAsync(NpgsqlTransaction transaction, Sending sending) => sending.Queue == HistoryJobs.OpenQueue
        ? queue.EnqueueAsync(transaction, Open(sending)[0], sending.Owner, sending.Options)
        : queue.EnqueueAsync(transaction, Capped(sending)[0], sending.Owner, sending.Options);

    private static OpenAssignment[] Open(Sending sending) =>
        [.. sending.Items.Select((item, place) => new OpenAssignment(item.Token, item.Script, sending.Seed + place))];

    private static CappedAssignment[] Capped(Sending sending) =>
        [.. sending.Items.Select((item, place) => new CappedAssignment(item.Token, item.Script, sending.Seed + place))];
}
