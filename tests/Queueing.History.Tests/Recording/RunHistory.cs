namespace Queueing.History.Tests.Recording;

/// <summary>All that is known of a run: what clients were told, what handlers did, and what the database has in the end.</summary>
internal sealed class RunHistory
{
    public IReadOnlyList<Call> Calls { get; init; } = [];

    public IReadOnlyList<CancelRequest> Cancels { get; init; } = [];

    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    public IReadOnlyList<Begun> Begun { get; init; } = [];

    /// <summary>What workers said when they ended though nobody had ended them.</summary>
    public IReadOnlyList<string> Crashes { get; init; } = [];

    public IReadOnlyList<JobRow> Jobs { get; init; } = [];

    public IReadOnlyList<OutcomeRow> Outcomes { get; init; } = [];

    public IReadOnlyList<ReadyRow> Ready { get; init; } = [];

    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    public IReadOnlyList<EffectRow> Effects { get; init; } = [];

    public IReadOnlyList<string> Ledger { get; init; } = [];

    public IReadOnlyList<Move> Moves { get; init; } = [];

    public IReadOnlyList<QueueCounts> Counts { get; init; } = [];

    public IReadOnlyDictionary<Guid, JobRow> JobOf => field ??= Jobs.DistinctBy(job => job.Id).ToDictionary(job => job.Id);

    public ILookup<string, JobRow> JobsOfToken => field ??= Jobs.ToLookup(job => job.Token);

    public ILookup<string, (Call Call, Item Item, int Place)> SendsOfToken => field ??= Calls
        .SelectMany(call => call.Items.Select((item, place) => (call, item, place)))
        .ToLookup(send => send.item.Token);

    public ILookup<Guid, OutcomeRow> OutcomesOf => field ??= Outcomes.ToLookup(outcome => outcome.JobId);

    public ILookup<Guid, EffectRow> EffectsOf => field ??= Effects.ToLookup(effect => effect.JobId);

    public ILookup<Guid, FailureRow> FailuresOf => field ??= Failures.ToLookup(failure => failure.JobId);

    public ILookup<Guid, Begun> BegunOf => field ??= Begun.ToLookup(begun => begun.JobId);

    public ILookup<Guid, Move> MovesOf => field ??= Moves.Where(move => move.JobId != Guid.Empty).OrderBy(move => move.Id).ToLookup(move => move.JobId);

    public IReadOnlyDictionary<Guid, int> ProcessOf => field ??= Moves
        .Where(move => move.Kind == MoveKind.SessionOpened)
        .ToDictionary(move => move.SessionId!.Value, move => move.ProcessId);

    public IReadOnlyDictionary<Guid, long> SessionEnds => field ??= Moves
        .Where(move => move.Kind == MoveKind.SessionEnded)
        .ToDictionary(move => move.SessionId!.Value, move => move.Id);

    /// <returns>The job's moves since it came back the last time, if it ever did.</returns>
    public IReadOnlyList<Move> LastLifeOf(Guid jobId)
    {
        Move[] moves = [.. MovesOf[jobId]];
        return moves[(Array.FindLastIndex(moves, move => move.Kind == MoveKind.Redriven) + 1)..];
    }

    public bool WasRedriven(Guid jobId) => MovesOf[jobId].Any(move => move.Kind == MoveKind.Redriven);
}
