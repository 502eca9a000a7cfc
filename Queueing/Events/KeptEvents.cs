namespace Queueing;

/// <summary>What Redis keeps of a running job, and for an hour after: the rest is in the database.</summary>
/// <param name="Progress">The last reports of progress, oldest first.</param>
/// <param name="Text">The text of its newest attempt, if it writes one.</param>
public sealed record KeptEvents(IReadOnlyList<JobEvent> Progress, KeptText? Text)
{
    /// <summary>Nothing: it was never there, or is lost.</summary>
    public static KeptEvents None { get; } = new([], null);
}
