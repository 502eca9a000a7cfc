using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>
/// Writes outcomes until the database answers: what a handler did is not thrown away for an outage. Completions that come
/// at the same time share one statement and one commit.
/// </summary>
internal sealed partial class OutcomeWriter
{
    private const int LargestGroup = 1000;
    private const int Lanes = 2;
    private const int Company = 64;

    private static readonly TimeSpan UntilDatabaseReturns = TimeSpan.FromMilliseconds(500);

    private readonly AttemptStore store;
    private readonly JobQueue queue;
    private readonly TimeProvider time;
    private readonly ILogger<OutcomeWriter> logger;
    private readonly GroupCommit<Completion, long?> completions;

    public OutcomeWriter(AttemptStore store, JobQueue queue, TimeProvider time, ILogger<OutcomeWriter> logger)
    {
        (this.store, this.queue, this.time, this.logger) = (store, queue, time, logger);
        completions = new(CompleteGroupAsync, LargestGroup, Lanes, Company);
    }

    /// <returns>The event's seq; null when the lease was lost, or, after <paramref name="giveUp"/>, the database didn't come back.</returns>
    public Task<long?> CompleteAsync(CompletedAttempt attempt, CancellationToken giveUp) => completions.AddAsync(new(attempt, giveUp));

    /// <summary>Does one fenced write, in one transaction with what the handler wants to write.</summary>
    /// <inheritdoc cref="CompleteAsync"/>
    /// <param name="job">The job.</param>
    /// <param name="state">The final state that it writes, or null.</param>
    /// <param name="write">The write.</param>
    /// <param name="inTransaction">The handler's part, or null.</param>
    /// <param name="giveUp">Fires when nothing is tried again.</param>
    /// <exception cref="InTransactionException">The handler's part failed; nothing was written.</exception>
    public Task<long?> WriteAsync(
        ClaimedJob job,
        string? state,
        Func<NpgsqlConnection, Task<long?>> write,
        Func<JobTransaction, CancellationToken, Task>? inTransaction,
        CancellationToken giveUp) =>
        UntilAnsweredAsync(
            [job],
            state,
            async connection => inTransaction is null ? await write(connection) : await WriteTogetherAsync(connection, write, inTransaction),
            recorded => recorded.TryGetValue(job.Id, out var seq) ? seq : null,
            isMissing: seq => seq is null,
            givenUp: null,
            giveUp);

    private async Task<long?> WriteTogetherAsync(
        NpgsqlConnection connection, Func<NpgsqlConnection, Task<long?>> write, Func<JobTransaction, CancellationToken, Task> inTransaction)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await write(connection) is not { } seq)
        {
            return null;
        }

        await Statement.PlanFreelyAsync(connection, CancellationToken.None);
        var handlers = new JobTransaction(transaction, queue);
        try
        {
            await inTransaction(handlers, CancellationToken.None);

            // A statement that failed has spoilt the transaction, though the handler may have caught that: this throws then,
            // while the commit would only roll back, without a word.
            await using var probe = new NpgsqlCommand("select 1", connection, transaction);
            await probe.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        catch (Exception exception) when (exception is not NpgsqlException { IsTransient: true })
        {
            throw new InTransactionException(exception);
        }

        handlers.Signals.ForEach(queue.Signal);
        return seq;
    }

    private async Task<long?[]> CompleteGroupAsync(IReadOnlyList<Completion> group)
    {
        CompletedAttempt[] attempts = [.. group.Select(completion => completion.Attempt)];
        return await UntilAnsweredAsync(
            [.. attempts.Select(attempt => attempt.Job)],
            JobState.Completed,
            async connection => SeqsOf(await AttemptStore.CompleteAsync(connection, attempts, CancellationToken.None)),
            SeqsOf,
            isMissing: seqs => seqs.Contains(null),
            givenUp: new long?[attempts.Length],
            group[^1].GiveUp);

        long?[] SeqsOf(Dictionary<Guid, long> recorded) =>
            Array.ConvertAll(attempts, attempt => recorded.TryGetValue(attempt.Job.Id, out var seq) ? seq : (long?)null);
    }

    private async Task<T> UntilAnsweredAsync<T>(
        ClaimedJob[] jobs,
        string? state,
        Func<NpgsqlConnection, Task<T>> write,
        Func<Dictionary<Guid, long>, T> fromRecorded,
        Func<T, bool> isMissing,
        T givenUp,
        CancellationToken giveUp)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                // Not the stop's token: an outcome at hand is recorded during shutdown too.
                T answer;
                await using (var connection = await store.ConnectAsync(CancellationToken.None))
                {
                    answer = await write(connection);
                }

                if (failures == 0 || state is null || !isMissing(answer))
                {
                    return answer;
                }

                // The write before may have been committed and only its answer lost. Asked on another connection: this write's may
                // have broken as its transaction was rolled back, which says nothing.
                await using var asking = await store.ConnectAsync(CancellationToken.None);
                return fromRecorded(await AttemptStore.FindRecordedAsync(asking, jobs, state, CancellationToken.None));
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                if (giveUp.IsCancellationRequested)
                {
                    LogGivenUp(jobs.Length, exception.Message);
                    return givenUp;
                }

                if (failures == 0)
                {
                    LogNotRecordedYet(jobs.Length, exception.Message);
                }
            }

            await Task.Delay(UntilDatabaseReturns, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcomes of {Count} jobs can't be recorded ({Reason}); they are kept and tried again until the database answers")]
    private partial void LogNotRecordedYet(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcomes of {Count} jobs were not recorded before the stop ({Reason}); the jobs run again when their lease ends")]
    private partial void LogGivenUp(int count, string reason);

    private readonly record struct Completion(CompletedAttempt Attempt, CancellationToken GiveUp);
}
