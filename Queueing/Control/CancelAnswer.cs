namespace Queueing;

/// <summary>What became of the wish to call a job off.</summary>
public enum CancelAnswer
{
    /// <summary>The job is unknown or has ended.</summary>
    NotPending,

    /// <summary>It waited, and is cancelled.</summary>
    Cancelled,

    /// <summary>It runs; its worker is asked to end it.</summary>
    Asked,
}
