namespace Queueing;

/// <summary>How an attempt ended, as a handler says it.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The work is done.</summary>
    /// <param name="Result">What clients get, written as JSON by its runtime type; null for nothing.</param>
    /// <param name="Usage">What the work used of a provider, if it did.</param>
    public sealed record Completed(object? Result = null, JobUsage? Usage = null) : JobOutcome;

    /// <summary>The work can't be done, and another attempt would not help.</summary>
    /// <param name="Type">A stable word for programs, for instance "no-usable-content".</param>
    /// <param name="Message">A sentence for people. Clients see it: no secrets, no text of the payload.</param>
    public sealed record Failed(string Type, string Message) : JobOutcome;
}
