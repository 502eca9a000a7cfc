namespace Queueing.Model.Tests.Lease;

internal enum StepKind : byte
{
    None,
    Open,
    Beat,
    SeeSession,
    Claim,
    ReleaseHeld,
    Complete,
    Retry,
    Fail,
    HandBack,
    CallOff,
    GiveUp,
    Abandon,
    Stop,
    Close,
    Kill,
    Lapse,
    SeeOrphan,
    Rescue,
    SeeWaiting,
    Cancel,
    LateArrival,
    LateLoss,
}

internal enum Answer : byte
{
    Arrives,

    /// <summary>The statement is committed and the worker told of a broken connection.</summary>
    IsLost,

    /// <summary>The worker is told of a broken connection and the statement may be committed later.</summary>
    IsLostBeforeCommit,
}

/// <param name="Kind">What is done.</param>
/// <param name="Worker">The index of the worker that does it.</param>
/// <param name="Run">The index of the run that it is done for.</param>
/// <param name="Job">The index of the job that it is done to.</param>
/// <param name="Session">The session that lapses.</param>
/// <param name="Answer">What the worker hears of it.</param>
internal readonly record struct Step(
    StepKind Kind, int Worker = -1, int Run = -1, int Job = -1, int Session = 0, Answer Answer = Answer.Arrives)
{
    public override string ToString() => string.Concat(
        Worker < 0 ? "" : $"worker {Worker + 1}: ",
        Kind.ToString(),
        Job < 0 ? "" : $" job {Job + 1}",
        Run < 0 ? "" : $" (slot {Run + 1})",
        Session == 0 ? "" : $" session {Session}",
        Answer switch { Answer.IsLost => ", answer lost", Answer.IsLostBeforeCommit => ", answer lost before the commit", _ => "" });
}
