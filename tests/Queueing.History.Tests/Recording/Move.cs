namespace Queueing.History.Tests.Recording;

internal enum MoveKind
{
    /// <summary>Given to a session.</summary>
    Claimed,

    /// <summary>Went from one session to another without having waited.</summary>
    Stolen,

    /// <summary>Given back, its attempt not counted.</summary>
    HandedBack,

    /// <summary>Given back after a failed attempt.</summary>
    Retried,

    /// <summary>Taken from a session.</summary>
    Rescued,

    /// <summary>Left the queue for good.</summary>
    Ended,

    /// <summary>Came back after its end.</summary>
    Redriven,

    SessionOpened,
    SessionEnded,
}

/// <summary>One change of hands, as the audit has it.</summary>
/// <param name="Id">Rises in the order of the writes.</param>
/// <param name="Kind">What happened.</param>
/// <param name="BeganAt">When its transaction began.</param>
/// <param name="At">When it was written.</param>
/// <param name="JobId">The job; empty for a session's own moves.</param>
/// <param name="Attempt">The job's attempt after it.</param>
/// <param name="SessionId">Who got it or had it; null when nobody did.</param>
/// <param name="ProcessId">The session's process, where it is the session's own move.</param>
/// <param name="Queue">The job's queue.</param>
/// <param name="Owner">The job's owner.</param>
internal sealed record Move(
    long Id,
    MoveKind Kind,
    DateTimeOffset BeganAt,
    DateTimeOffset At,
    Guid JobId,
    int Attempt,
    Guid? SessionId,
    int ProcessId,
    string Queue,
    string Owner);
