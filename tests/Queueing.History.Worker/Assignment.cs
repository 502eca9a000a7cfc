namespace Queueing.History.Worker;

/// <summary>The payload of the history's jobs.</summary>
/// <param name="Token">Unlike any other: tells whose sending a job in the database came from.</param>
/// <param name="Script">What its handler does.</param>
/// <param name="Seed">What its handler's luck depends on.</param>
/// <param name="Follows">The job that enqueued it, if one did.</param>
internal abstract record Assignment(string Token, Script Script, int Seed, Guid? Follows);

/// <summary>Waits in a queue without limits.</summary>
internal sealed record OpenAssignment(string Token, Script Script, int Seed, Guid? Follows = null)
    : Assignment(Token, Script, Seed, Follows);

/// <summary>Waits in a queue with caps and a greatest depth.</summary>
internal sealed record CappedAssignment(string Token, Script Script, int Seed, Guid? Follows = null)
    : Assignment(Token, Script, Seed, Follows);
