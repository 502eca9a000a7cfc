namespace Queueing.Model.Tests.Lease;

/// <summary>What must hold in every state and of every step.</summary>
[Flags]
internal enum Promise
{
    None = 0,
    AtMostOneOutcome = 1 << 0,
    NoJobIsLost = 1 << 1,
    AttemptsStayWithinTheLimit = 1 << 2,
    EffectsAreRecordedOnceAndOnlyWithCompletion = 1 << 3,
    CancelledJobsEndCancelled = 1 << 4,
    OnlyCalledOffJobsAreCancelled = 1 << 5,
    CalledOffJobsDoNotWait = 1 << 6,
    PoisonEnds = 1 << 7,
    LivingSessionsKeepTheirJobs = 1 << 8,
    EndedSessionsGetNothing = 1 << 9,
    WorkersAreToldTheTruth = 1 << 10,
    StaleWritesChangeNothing = 1 << 11,
    RunsKeepTheirJobs = 1 << 12,
    AttemptsAreGivenOnce = 1 << 13,

    /// <summary>Those that hold even when a statement is committed after its worker gave it up for lost.</summary>
    Essential = (1 << 10) - 1,
    All = (1 << 14) - 1,
}
