namespace Queueing.Running;

/// <summary>Why a worker ends an attempt that still runs.</summary>
internal enum Interruption
{
    /// <summary>It doesn't; a cancelled token then means the type's timeout.</summary>
    None,

    /// <summary>Somebody called the job off.</summary>
    Cancelled,

    /// <summary>The worker stops, and its grace is over.</summary>
    HandBack,

    /// <summary>Another worker may have the job.</summary>
    LeaseLost,
}
