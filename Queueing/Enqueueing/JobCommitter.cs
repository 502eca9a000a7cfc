using Npgsql;
using Queueing.Store;

namespace Queueing.Enqueueing;

/// <summary>Commits new jobs: single ones together with others that come at the same time, batches on their own.</summary>
internal sealed class JobCommitter
{
    private const int LargestGroup = 500;
    private const int Lanes = 2;
    private const int Company = 32;
    private const int LargestStatement = 1000;

    private readonly EnqueueStore store;
    private readonly JobWakeUp wakeUp;
    private readonly GroupCommit<NewJob, Answer> group;

    public JobCommitter(EnqueueStore store, JobWakeUp wakeUp)
    {
        (this.store, this.wakeUp) = (store, wakeUp);
        group = new(CommitGroupAsync, LargestGroup, Lanes, Company);
    }

    /// <summary>Commits one job, with whatever others come at the same time.</summary>
    public async Task<EnqueuedJob> CommitAsync(NewJob job, CancellationToken cancellationToken)
    {
        var answer = await group.AddAsync(job).WaitAsync(cancellationToken);
        return answer.Refusal is { } refusal ? throw refusal : answer.Job;
    }

    /// <summary>Commits all of the jobs or none.</summary>
    public async Task<IReadOnlyList<EnqueuedJob>> CommitAllAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var connection = await store.ConnectAsync(cancellationToken);
        if (jobs.Count <= LargestStatement && jobs.All(job => job.Key is null))
        {
            // One statement is a transaction of its own.
            var inserted = await store.InsertAsync(connection, isForeign: false, jobs, cancellationToken);
            Signal(inserted);
            return [.. jobs.Select(job => new EnqueuedJob(job.Id))];
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (enqueued, signals) = await WriteAsync(connection, isForeign: false, jobs, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.ForEach(Signal);
        return enqueued;
    }

    /// <summary>Writes the jobs in a transaction.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="isForeign">Whether the transaction is somebody else's.</param>
    /// <param name="jobs">What.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The jobs, and what <see cref="Signal"/> tells the workers once the transaction is committed.</returns>
    public async Task<(IReadOnlyList<EnqueuedJob> Jobs, List<EnqueueStore.Inserted> Signals)> WriteAsync(
        NpgsqlConnection connection, bool isForeign, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        var enqueued = new List<EnqueuedJob>(jobs.Count);
        var signals = new List<EnqueueStore.Inserted>();
        foreach (var chunk in jobs.Chunk(LargestStatement))
        {
            var inserted = await store.InsertAsync(connection, isForeign, chunk, cancellationToken);
            signals.Add(inserted);
            foreach (var answer in await AnswerAsync(connection, isForeign, chunk, inserted, cancellationToken))
            {
                enqueued.Add(answer.Refusal is { } refusal ? throw refusal : answer.Job);
            }
        }

        return (enqueued, signals);
    }

    /// <summary>Tells the workers of committed jobs.</summary>
    public void Signal(EnqueueStore.Inserted inserted)
    {
        foreach (var (queue, rank) in inserted.LowestRanks)
        {
            if (rank is not null)
            {
                wakeUp.Signal(queue, rank.Value);
            }
        }
    }

    /// <summary>Tells the workers that a queue has new jobs of whatever rank.</summary>
    public void WakeWorkers(string queue) => wakeUp.Signal(queue, long.MinValue);

    private async Task<Answer[]> CommitGroupAsync(IReadOnlyList<NewJob> jobs)
    {
        try
        {
            return HasRepeatedKeys(jobs) ? await CommitOneByOneAsync(jobs) : await CommitTogetherAsync(jobs);
        }
        catch (PostgresException exception) when (jobs.Count > 1 && !exception.IsTransient)
        {
            // One of them can't be written; the others are not refused for it.
            return await CommitOneByOneAsync(jobs);
        }
    }

    private async Task<Answer[]> CommitOneByOneAsync(IReadOnlyList<NewJob> jobs)
    {
        var answers = new Answer[jobs.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            try
            {
                answers[i] = (await CommitTogetherAsync([jobs[i]]))[0];
            }
            catch (PostgresException exception) when (!exception.IsTransient)
            {
                answers[i] = new(default, exception);
            }
        }

        return answers;
    }

    private async Task<Answer[]> CommitTogetherAsync(IReadOnlyList<NewJob> jobs)
    {
        // Nobody's token: the group has more than one caller.
        await using var connection = await store.ConnectAsync(CancellationToken.None);
        var inserted = await store.InsertAsync(connection, isForeign: false, jobs, CancellationToken.None);
        Signal(inserted);
        return await AnswerAsync(connection, isForeign: false, jobs, inserted, CancellationToken.None);
    }

    /// <summary>Says for each job whether it was accepted, stands for an earlier one, or collides with it.</summary>
    private static async Task<Answer[]> AnswerAsync(
        NpgsqlConnection connection, bool isForeign, IReadOnlyList<NewJob> jobs, EnqueueStore.Inserted inserted, CancellationToken cancellationToken)
    {
        NewJob[] repeated = [.. jobs.Where(job => job.Key is not null && !inserted.Keyed.Contains(job.Id))];
        var known = repeated is [] ? [] : await EnqueueStore.FindKeysAsync(connection, isForeign, repeated, cancellationToken);
        return [.. jobs.Select(AnswerOf)];

        Answer AnswerOf(NewJob job)
        {
            if (job.Key is null || inserted.Keyed.Contains(job.Id))
            {
                return new(new(job.Id));
            }

            var (jobId, payloadHash) = known[job.Identity];
            return payloadHash.AsSpan().SequenceEqual(job.PayloadHash)
                ? new(new(jobId, Replayed: true))
                : new(default, new IdempotencyConflictException(job.Key, jobId));
        }
    }

    private static bool HasRepeatedKeys(IReadOnlyList<NewJob> jobs)
    {
        HashSet<(string, string, string)>? seen = null;
        return jobs.Any(job => job.Key is not null && !(seen ??= []).Add(job.Identity));
    }

    private readonly record struct Answer(EnqueuedJob Job, Exception? Refusal = null);
}
