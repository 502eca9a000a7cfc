using System.Diagnostics;
using Npgsql;
using Queueing.Enqueueing;
using Queueing.Store;

namespace Queueing;

/// <summary>Accepts jobs.</summary>
/// <remarks>
/// When a call returns, its jobs are committed: they will be run, whatever dies. When it throws
/// <see cref="EnqueueRefusedException"/> or <see cref="ArgumentException"/>, nothing was accepted; with any other exception, as
/// when a call is cancelled under way, it may have been: an idempotency key makes asking again safe.
/// </remarks>
public sealed class JobQueue
{
    private readonly JobTypes types;
    private readonly NewJobs newJobs;
    private readonly JobCommitter committer;

    internal JobQueue(JobTypes types, NewJobs newJobs, JobCommitter committer) =>
        (this.types, this.newJobs, this.committer) = (types, newJobs, committer);

    /// <summary>Accepts one job. Calls that come at the same time share one insert and one commit.</summary>
    /// <typeparam name="TArgs">The payload of a registered job type.</typeparam>
    /// <param name="args">The payload; stored as JSON.</param>
    /// <param name="owner">Whose job it is; not empty.</param>
    /// <param name="options">Priority, delay, expiry, idempotency key; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait; the job may be accepted all the same.</param>
    /// <exception cref="QueueFullException">As many jobs wait as the queue may hold.</exception>
    /// <exception cref="PayloadTooLargeException">The payload is larger than the queue takes.</exception>
    /// <exception cref="IdempotencyConflictException">The key was used for another payload.</exception>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task<EnqueuedJob> EnqueueAsync<TArgs>(
        TArgs args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : class
        => EnqueueAsync(types.For(typeof(TArgs)), args, owner, options, cancellationToken);

    /// <summary>Accepts one job of a type that is known by its name only.</summary>
    /// <inheritdoc cref="EnqueueAsync{TArgs}(TArgs, string, EnqueueOptions?, CancellationToken)"/>
    /// <param name="type">One of <see cref="JobTypes"/>.</param>
    /// <param name="args">An instance of <see cref="JobType.ArgsType"/>.</param>
    /// <param name="owner">Whose job it is; not empty.</param>
    /// <param name="options">Priority, delay, expiry, idempotency key; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait; the job may be accepted all the same.</param>
    public async Task<EnqueuedJob> EnqueueAsync(
        JobType type, object args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(args);
        cancellationToken.ThrowIfCancellationRequested();

        using var activity = StartActivity(type);
        var jobs = await newJobs.MakeAsync(type, [args], owner, options, cancellationToken);
        activity?.SetTag(JobTelemetry.JobIdTag, jobs[0].Id);
        var enqueued = await committer.CommitAsync(jobs[0], cancellationToken);
        Count(type, [enqueued]);
        return enqueued;
    }

    /// <summary>Accepts all of the jobs or none, in one transaction.</summary>
    /// <returns>The jobs, in the order of <paramref name="args"/>.</returns>
    /// <inheritdoc cref="EnqueueAsync{TArgs}(TArgs, string, EnqueueOptions?, CancellationToken)"/>
    /// <param name="args">The payloads.</param>
    /// <param name="owner">Whose jobs they are; not empty.</param>
    /// <param name="options">What holds for each of them.</param>
    /// <param name="cancellationToken">Ends the call; the jobs may be accepted all the same.</param>
    public Task<IReadOnlyList<EnqueuedJob>> EnqueueAllAsync<TArgs>(
        IReadOnlyCollection<TArgs> args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : class
        => EnqueueAllAsync(types.For(typeof(TArgs)), args, owner, options, cancellationToken);

    /// <summary>Accepts all of the jobs or none, of a type that is known by its name only.</summary>
    /// <inheritdoc cref="EnqueueAllAsync{TArgs}(IReadOnlyCollection{TArgs}, string, EnqueueOptions?, CancellationToken)"/>
    /// <param name="type">One of <see cref="JobTypes"/>.</param>
    /// <param name="args">Instances of <see cref="JobType.ArgsType"/>.</param>
    /// <param name="owner">Whose jobs they are; not empty.</param>
    /// <param name="options">What holds for each of them.</param>
    /// <param name="cancellationToken">Ends the call; the jobs may be accepted all the same.</param>
    public async Task<IReadOnlyList<EnqueuedJob>> EnqueueAllAsync(
        JobType type, IReadOnlyCollection<object> args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(args);
        if (args.Count == 0)
        {
            return [];
        }

        using var activity = StartActivity(type);
        var jobs = await newJobs.MakeAsync(type, args, owner, options, cancellationToken);
        var enqueued = await committer.CommitAllAsync(jobs, cancellationToken);
        Count(type, enqueued);
        return enqueued;
    }

    /// <summary>Writes one job in the caller's transaction: it is accepted when, and only when, that is committed.</summary>
    /// <remarks>
    /// Workers hear of it at their next poll (<see cref="JobWorkerOptions.PollInterval"/>), or at once if the caller calls
    /// <see cref="WakeWorkers{TArgs}"/> after the commit. Keep the transaction short: the tables' upkeep waits for it.
    /// </remarks>
    /// <inheritdoc cref="EnqueueAsync{TArgs}(TArgs, string, EnqueueOptions?, CancellationToken)"/>
    /// <param name="transaction">On the database of the queue.</param>
    /// <param name="args">The payload; stored as JSON.</param>
    /// <param name="owner">Whose job it is; not empty.</param>
    /// <param name="options">Priority, delay, expiry, idempotency key; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the statement; then the transaction can only be rolled back.</param>
    public async Task<EnqueuedJob> EnqueueAsync<TArgs>(
        NpgsqlTransaction transaction, TArgs args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : class
    {
        var (enqueued, _) = await WriteAsync(transaction, args, owner, options, cancellationToken);
        return enqueued;
    }

    /// <summary>Tells the workers that the type's queue has new jobs: after the commit of a transaction that wrote some.</summary>
    /// <typeparam name="TArgs">The payload of a registered job type.</typeparam>
    public void WakeWorkers<TArgs>()
        where TArgs : class
        => committer.WakeWorkers(types.For(typeof(TArgs)).Options.Queue);

    internal async Task<(EnqueuedJob Job, List<EnqueueStore.Inserted> Signals)> WriteAsync<TArgs>(
        NpgsqlTransaction transaction, TArgs args, string owner, EnqueueOptions? options, CancellationToken cancellationToken)
        where TArgs : class
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(args);
        var connection = ConnectionOf(transaction);
        var type = types.For(typeof(TArgs));
        using var activity = StartActivity(type);
        var jobs = await newJobs.MakeAsync(type, [args], owner, options, cancellationToken);
        activity?.SetTag(JobTelemetry.JobIdTag, jobs[0].Id);
        var (enqueued, signals) = await committer.WriteAsync(connection, isForeign: true, jobs, cancellationToken);
        Count(type, enqueued);
        return (enqueued[0], signals);
    }

    internal void Signal(EnqueueStore.Inserted committed) => committer.Signal(committed);

    private static NpgsqlConnection ConnectionOf(NpgsqlTransaction transaction)
    {
        try
        {
            // An ended transaction still has its connection, where the job would be written at once; this is what tells.
            _ = transaction.IsolationLevel;
            return transaction.Connection!;
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException("The transaction has ended.", nameof(transaction), exception);
        }
    }

    private static Activity? StartActivity(JobType type) => JobTelemetry.Source
        .StartActivity($"enqueue {type.Options.Queue}", ActivityKind.Producer)
        ?.SetTag(JobTelemetry.JobTypeTag, type.Name)
        .SetTag(JobTelemetry.JobQueueTag, type.Options.Queue);

    private static void Count(JobType type, IReadOnlyList<EnqueuedJob> jobs)
    {
        if (JobTelemetry.Enqueued.Enabled)
        {
            JobTelemetry.Enqueued.Add(jobs.Count(job => !job.Replayed), new KeyValuePair<string, object?>(JobTelemetry.JobTypeTag, type.Name));
        }
    }
}
