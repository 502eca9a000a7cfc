namespace Queueing.Model.Tests.Lease;

/// <summary>A worker process: what it believes, which the database may know better.</summary>
internal struct Worker
{
    /// <summary>0 while it has none: it was just started, or ended and wasn't started again, or has to open a new one.</summary>
    public byte Session;
    public bool Stopping;

    /// <summary>The answer to a claim was lost: it may hold jobs that it doesn't know of.</summary>
    public bool Unsure;

    /// <summary>A claim in two steps saw the session's row; only a mutant has such.</summary>
    public bool SawSession;
    public Runs Runs;
}

/// <summary>A handler that a worker runs, or whose end it is writing down. Being slow or paused is not being chosen.</summary>
internal struct Run
{
    /// <summary>One more than the job's index; 0 is a free slot.</summary>
    public byte Job;
    public byte Attempt;
    public byte Session;

    /// <summary>The write whose answer was lost, and that is therefore repeated.</summary>
    public StepKind Decided;

    /// <summary>This very run holds the job, whatever numbers others hold it by; the protocol doesn't know it.</summary>
    public bool Holds;

    /// <summary>Its completion was recorded, though it may not have heard so.</summary>
    public bool Recorded;
}

/// <summary>A statement given up for lost that the server may still carry out.</summary>
internal struct Late
{
    public StepKind Kind;
    public Run Run;

    /// <summary>What a late release spares; see <see cref="Transactions.Spare"/>.</summary>
    public byte Spared;
}
