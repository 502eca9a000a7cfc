namespace Queueing;

/// <summary>A kind of job: its stable name, its payload, who handles it and what holds for it.</summary>
public sealed class JobType
{
    // A timer counts milliseconds in 32 bits.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(49);

    internal JobType(string name, Type argsType, JobTypeOptions options, JobInvoker invoke)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Queue, $"{nameof(JobTypeOptions)}.{nameof(options.Queue)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxAttempts, 1, nameof(options.MaxAttempts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxAttempts, 1000, nameof(options.MaxAttempts));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options.Timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Timeout, LongestTimeout, nameof(options.Timeout));
        if (options.Reuse is { } reuse)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(reuse.For, TimeSpan.Zero, nameof(reuse.For));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(reuse.For, ResultReuse.Longest, nameof(reuse.For));
        }

        (Name, ArgsType, Options, Invoke) = (name, argsType, options, invoke);
    }

    /// <summary>The name stored with each job and used in routes, for instance "generate-flashcards".</summary>
    public string Name { get; }

    /// <summary>The record that a job's payload is read into.</summary>
    public Type ArgsType { get; }

    /// <summary>What holds for every job of this type.</summary>
    public JobTypeOptions Options { get; }

    internal JobInvoker Invoke { get; }
}
