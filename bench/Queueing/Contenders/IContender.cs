namespace Bench.Queueing.Contenders;

/// <summary>A queue as its users write it, in one process; the process's end is its end.</summary>
internal interface IContender
{
    /// <summary>Makes the schema and readies this process for enqueueing.</summary>
    Task SetUpAsync();

    Task EnqueueAsync(Payload payload);

    Task EnqueueBatchAsync(IReadOnlyList<Payload> payloads);

    /// <summary>Runs jobs in this process from now on; each is told to the log.</summary>
    Task StartWorkerAsync();

    /// <summary>Runs no more jobs in this process, until it is started again.</summary>
    Task StopWorkerAsync();

    /// <returns>Whether every job's outcome is recorded.</returns>
    Task<bool> IsDrainedAsync();
}
