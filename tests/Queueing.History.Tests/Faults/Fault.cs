namespace Queueing.History.Tests.Faults;

internal enum FaultKind
{
    /// <summary>SIGKILL, and a new process after a while.</summary>
    KillWorker,

    /// <summary>SIGSTOP for longer than the lease, then SIGCONT.</summary>
    SuspendWorker,

    /// <summary>SIGTERM, and a new process after a while.</summary>
    StopWorker,

    /// <summary>Nothing passes between a worker and the database, then everything does.</summary>
    PartitionWorker,

    /// <summary>Nothing passes between a worker and the database, then its connections are cut.</summary>
    CutOffWorker,

    /// <summary>PostgreSQL is killed and comes back.</summary>
    KillPostgres,

    /// <summary>PostgreSQL is stopped in the orderly way and comes back.</summary>
    RestartPostgres,

    /// <summary>pg_terminate_backend for half of the connections.</summary>
    TerminateBackends,

    /// <summary>A transaction is held open, so that dead rows stay.</summary>
    HoldTransaction,

    /// <summary>All connections of one way are cut.</summary>
    CutConnections,

    /// <summary>Writes are done, but their answers are lost.</summary>
    SwallowAnswers,

    /// <summary>Writes are done some time after their client has lost its connection.</summary>
    DeliverLate,

    /// <summary>Every piece takes long.</summary>
    AddLatency,

    /// <summary>Redis is killed and comes back empty.</summary>
    KillRedis,

    /// <summary>FLUSHALL.</summary>
    FlushRedis,
}

/// <summary>Something that goes wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Gap">The time before it.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="Target">Whom it befalls, as a number that is taken modulo the candidates.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan Gap, TimeSpan Length, int Target);
