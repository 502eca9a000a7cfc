namespace Queueing.Model.Tests.Lease;

/// <summary>The protocol's parts that can be left out, to see that its promises don't hold without them.</summary>
internal sealed record Protocol
{
    public bool FencesByAttempt { get; init; } = true;

    public bool FencesBySession { get; init; } = true;

    /// <summary>By something that no two claims of a job share, such as the time of the claim.</summary>
    public bool FencesByClaim { get; init; }

    public bool ClaimChecksSession { get; init; } = true;

    public bool ClaimLocksSession { get; init; } = true;

    public bool RescueChecksSession { get; init; } = true;

    /// <summary>It judges the row that it takes, not what the row was when the statement began.</summary>
    public bool RescueLooksAgain { get; init; } = true;

    public bool RescueMindsAttempts { get; init; } = true;

    public bool RescueMindsPoison { get; init; } = true;

    public bool RescueMindsCancel { get; init; } = true;

    public bool RetryMindsAttempts { get; init; } = true;

    public bool RetryMindsCancel { get; init; } = true;

    public bool HandBackMindsCancel { get; init; } = true;

    public bool ReleaseMindsCancel { get; init; } = true;

    /// <summary>It judges the row that it takes, as <see cref="RescueLooksAgain"/>.</summary>
    public bool CancelLooksAgain { get; init; } = true;

    /// <summary>A worker whose retry or hand-back was refused ends the job as cancelled only if somebody asked for it.</summary>
    public bool CallOffChecksCancel { get; init; } = true;

    public bool EffectJoinsOutcome { get; init; } = true;

    /// <summary>A worker unsure of a claim hands back what it holds and doesn't run.</summary>
    public bool ReleasesUnknown { get; init; } = true;

    /// <summary>It does so from time to time, unsure or not.</summary>
    public bool ReleasesAgain { get; init; }

    public Spared Spares { get; init; } = Spared.SameAttempt;

    /// <summary>A hand-back without an answer is sent again; otherwise the worker ends the run and is unsure.</summary>
    public bool RepeatsHandBack { get; init; }

    /// <summary>A completion repeated in vain asks for the outcome of its own attempt, not for any.</summary>
    public bool AsksForItsAttempt { get; init; } = true;
}

/// <summary>Which runs of a worker keep their jobs from being handed back as unknown.</summary>
internal enum Spared
{
    /// <summary>Those that hold it, by what <see cref="Protocol.FencesByClaim"/> tells claims apart by.</summary>
    SameClaim,

    /// <summary>Those of the attempt that the job is in.</summary>
    SameAttempt,

    /// <summary>Those of the session that the job is held by.</summary>
    SameSession,

    Any,
}
