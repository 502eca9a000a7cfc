using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A small history, right as it is, for tests to spoil: a job that completed in its second attempt after its first worker was lost.</summary>
internal sealed class SampleHistory
{
    public const int FirstProcess = 101;
    public const int SecondProcess = 102;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public SampleHistory(Script script = Script.Quick, string queue = HistoryJobs.OpenQueue, bool keyed = false, bool continued = false)
    {
        Item = new("p1.1", script, queue, keyed, Continued: continued);
        Calls = [new(CallKind.Single, [Item], Answer.Accepted, [JobId])];
        Jobs = [new(JobId, queue, Item.Token, script, Follows: null, HistoryJobs.MaxAttempts)];
        Outcomes = [new(JobId, queue, JobState.Completed, 2, Error: null, new(2, SecondProcess), At(60))];
        Begun = [new(FirstProcess, JobId, 1, At(20), EndedAt: null), new(SecondProcess, JobId, 2, At(50), At(55))];
        Moves =
        [
            Session(1, MoveKind.SessionOpened, FirstSession, FirstProcess),
            Session(2, MoveKind.SessionOpened, SecondSession, SecondProcess),
            Job(3, MoveKind.Claimed, 1, FirstSession),
            Session(4, MoveKind.SessionEnded, FirstSession, FirstProcess),
            Job(5, MoveKind.Rescued, 1, FirstSession),
            Job(6, MoveKind.Claimed, 2, SecondSession),
            Job(7, MoveKind.Ended, 2, SecondSession),
        ];
        Counts = [new(queue, Waiting: 0, Active: 0, Completed: 1, Failed: 0, Delayed: 0, Cancelled: 0)];
    }

    public Guid JobId { get; } = Guid.Parse("00000000-0000-0000-0000-000000000001");

    public Guid FirstSession { get; } = Guid.Parse("00000000-0000-0000-0000-0000000000a1");

    public Guid SecondSession { get; } = Guid.Parse("00000000-0000-0000-0000-0000000000a2");

    public Item Item { get; }

    public List<Call> Calls { get; }

    public List<CancelRequest> Cancels { get; } = [];

    public List<Pause> Pauses { get; } = [];

    public List<Begun> Begun { get; }

    public List<string> Crashes { get; } = [];

    public List<JobRow> Jobs { get; }

    public List<OutcomeRow> Outcomes { get; }

    public List<ReadyRow> Ready { get; } = [];

    public List<FailureRow> Failures { get; } = [];

    public List<EffectRow> Effects { get; } = [];

    public List<string> Ledger { get; } = [];

    public List<Move> Moves { get; }

    public List<QueueCounts> Counts { get; }

    public static DateTimeOffset At(int milliseconds) => Start + TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>A move of the job, at ten milliseconds a number.</summary>
    public Move Job(long id, MoveKind kind, int attempt, Guid? session, Guid? jobId = null) =>
        new(id, kind, At((int)id * 10), At((int)id * 10), jobId ?? JobId, attempt, session, 0, Item.Queue, "anna");

    /// <summary>A second job that was completed as it should be.</summary>
    public Guid AddFollowUp(string? token = null)
    {
        var followUp = Guid.NewGuid();
        Jobs.Add(new(followUp, Item.Queue, token ?? Item.Token + HistoryJobs.FollowUpSuffix, Script.Quick, JobId, HistoryJobs.MaxAttempts));
        Outcomes.Add(new(followUp, Item.Queue, JobState.Completed, 1, Error: null, new(1, SecondProcess), At(90)));
        Begun.Add(new(SecondProcess, followUp, 1, At(80), At(85)));
        Moves.AddRange([Job(8, MoveKind.Claimed, 1, SecondSession, followUp), Job(9, MoveKind.Ended, 1, SecondSession, followUp)]);
        Counts[0] = Counts[0] with { Completed = Counts[0].Completed + 1 };
        return followUp;
    }

    /// <summary>Lets the job end in another way than completed.</summary>
    public void EndAs(string state, string? error)
    {
        Outcomes[0] = Outcomes[0] with { State = state, Error = error, Result = null };
        Counts[0] = Counts[0] with { Completed = 0, Failed = state == JobState.Failed ? 1 : 0, Cancelled = state == JobState.Cancelled ? 1 : 0 };
    }

    /// <returns>The rules that find something.</returns>
    public string[] Broken() =>
    [
        .. Checker.Check(new()
        {
            Calls = Calls,
            Cancels = Cancels,
            Pauses = Pauses,
            Begun = Begun,
            Crashes = Crashes,
            Jobs = Jobs,
            Outcomes = Outcomes,
            Ready = Ready,
            Failures = Failures,
            Effects = Effects,
            Ledger = Ledger,
            Moves = Moves,
            Counts = Counts,
        }).Where(verdict => verdict.Violations is not []).Select(verdict => verdict.Rule),
    ];

    private static Move Session(long id, MoveKind kind, Guid session, int processId) =>
        new(id, kind, At((int)id * 10), At((int)id * 10), Guid.Empty, 0, session, processId, "", "");
}
