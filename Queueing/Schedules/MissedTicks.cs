namespace Queueing;

/// <summary>What becomes of a schedule's ticks that came while no worker ran.</summary>
public enum MissedTicks
{
    /// <summary>One job for all of them, with the time of the last.</summary>
    RunOnce,

    /// <summary>A job for each, up to the last hundred.</summary>
    RunAll,

    /// <summary>None: the next job is that of the next tick. A tick counts as missed when it is a minute old.</summary>
    Skip,
}
