using Npgsql;
using Queueing.Store;

namespace Queueing;

/// <summary>The transaction that records a job's outcome, for a handler's own writes.</summary>
public sealed class JobTransaction
{
    private readonly JobQueue queue;

    internal JobTransaction(NpgsqlTransaction transaction, JobQueue queue) => (Transaction, this.queue) = (transaction, queue);

    /// <summary>Give it to commands; don't end it.</summary>
    public NpgsqlTransaction Transaction { get; }

    /// <summary>The connection that the transaction is on.</summary>
    public NpgsqlConnection Connection =>
        Transaction.Connection ?? throw new InvalidOperationException("The transaction has ended; a handler's writes belong inside the call.");

    internal List<EnqueueStore.Inserted> Signals { get; } = [];

    /// <summary>Enqueues a job that follows from this one: both are committed, or neither.</summary>
    /// <inheritdoc cref="JobQueue.EnqueueAsync{TArgs}(NpgsqlTransaction, TArgs, string, EnqueueOptions?, CancellationToken)"/>
    public async Task<EnqueuedJob> EnqueueAsync<TArgs>(
        TArgs args, string owner, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TArgs : class
    {
        var (job, signals) = await queue.WriteAsync(Transaction, args, owner, options, cancellationToken);
        Signals.AddRange(signals);
        return job;
    }
}
