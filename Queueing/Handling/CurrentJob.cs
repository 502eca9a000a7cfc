namespace Queueing;

/// <summary>In an attempt's service scope: the attempt, for services below the handler. Elsewhere there is none.</summary>
public sealed class CurrentJob
{
    /// <summary>The attempt, or null outside of one.</summary>
    public JobContext? Context { get; internal set; }
}
