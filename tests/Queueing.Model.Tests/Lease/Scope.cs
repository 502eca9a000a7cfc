namespace Queueing.Model.Tests.Lease;

/// <summary>How much there is of everything. What can go wrong, can go wrong any number of times.</summary>
internal sealed record Scope
{
    public int Workers { get; init; } = 2;

    public int Jobs { get; init; } = 1;

    /// <summary>Handlers that one worker runs at once.</summary>
    public int Slots { get; init; } = 1;

    public int MaxAttempts { get; init; } = 2;

    public int PoisonLimit { get; init; } = 2;

    public bool AnswersGetLost { get; init; } = true;

    /// <summary>A statement may be committed after its worker was told of a broken connection; one such at a time.</summary>
    public bool CommitsComeLate { get; init; }

    public bool JobsAreCancelled { get; init; } = true;

    public bool WorkersStop { get; init; } = true;
}
