using System.Diagnostics;
using Queueing.Store;

namespace Queueing;

/// <summary>Accepts jobs.</summary>
public sealed class JobQueue
{
    private readonly JobStore store;
    private readonly JobTypes types;
    private readonly JobWakeUp wakeUp;

    internal JobQueue(JobStore store, JobTypes types, JobWakeUp wakeUp) => (this.store, this.types, this.wakeUp) = (store, types, wakeUp);

    /// <summary>Accepts one job. When this returns the job is committed: it will be run, whatever dies.</summary>
    /// <typeparam name="TArgs">The payload of a registered job type.</typeparam>
    /// <param name="args">The payload; stored as JSON.</param>
    /// <param name="owner">Whose job it is; not empty.</param>
    /// <param name="options">Priority and delay, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancelled before the commit: nothing is accepted. During it: it may be.</param>
    /// <returns>The job's id (UUID version 7).</returns>
    /// <exception cref="Npgsql.NpgsqlException">The database is away; the job may or may not have been accepted.</exception>
    public async Task<Guid> EnqueueAsync<TArgs>(
        TArgs args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : class
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        options ??= new EnqueueOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Priority, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Priority, 10, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Delay, TimeSpan.Zero, nameof(options));

        var type = types.For(typeof(TArgs));
        var jobId = Guid.CreateVersion7();
        using var activity = JobTelemetry.Source.StartActivity($"enqueue {type.Options.Queue}", ActivityKind.Producer)
            .Describe(jobId, type.Name, type.Options.Queue);

        var job = new NewJob(
            jobId, type, owner, JobJson.Write(args), (activity ?? Activity.Current)?.Id, (short)options.Priority, options.Delay);
        await store.InsertAsync([job], cancellationToken);
        wakeUp.Signal(type.Options.Queue);

        JobTelemetry.Enqueued.Add(1, new KeyValuePair<string, object?>(JobTelemetry.JobTypeTag, type.Name));
        return jobId;
    }
}
