namespace Queueing.Model.Tests.Lease;

internal enum Outcome : byte
{
    None,
    Completed,
    Failed,
    Poison,
    Cancelled,
}

/// <summary>One job's rows, and what is remembered of it for the sake of the promises only.</summary>
internal struct Job
{
    /// <summary>Its job_ready row exists; the next four are in it.</summary>
    public bool Ready;
    public byte Attempt;
    public byte Kills;
    public byte Holder;
    public bool CancelAsked;

    /// <summary>Its job_outcome row, and the attempt in it.</summary>
    public Outcome Outcome;
    public byte OutcomeAttempt;

    /// <summary>How often an outcome was inserted; the handler's own effect, which shares the outcome's transaction.</summary>
    public byte Outcomes;
    public byte Effects;

    /// <summary>The attempts, one bit each, that a handler was given and that weren't handed back.</summary>
    public byte Given;

    /// <summary>Somebody was answered that it is cancelled.</summary>
    public bool CancelPromised;

    /// <summary>What a rescue or a cancel in two steps saw in its first one; only mutants have such.</summary>
    public bool SeenOrphaned;
    public bool SeenWaiting;

    public readonly bool Waits => Ready && Holder == 0;
}
