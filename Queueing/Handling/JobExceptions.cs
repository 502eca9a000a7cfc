namespace Queueing;

/// <summary>What an attempt's outcome is when its handler throws an exception of a type that somebody knows.</summary>
/// <param name="Type">The exception's type.</param>
/// <param name="OutcomeOf">Makes the outcome.</param>
internal sealed record JobException(Type Type, Func<Exception, JobOutcome> OutcomeOf);

/// <summary>All of them.</summary>
internal sealed class JobExceptions(IEnumerable<JobException> known)
{
    private readonly JobException[] known = [.. known];

    /// <returns>The outcome; null for an exception that nobody knows: the attempt has failed, and is tried again.</returns>
    public JobOutcome? OutcomeOf(Exception exception) => Array.Find(known, entry => entry.Type.IsInstanceOfType(exception))?.OutcomeOf(exception);
}
