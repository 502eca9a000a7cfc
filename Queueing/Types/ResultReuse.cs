namespace Queueing;

/// <summary>
/// Lets a type's jobs of the same content take over the result of the first, and wait for it while it runs, wherever in the fleet that is.
/// </summary>
/// <remarks>
/// The content is the type, the payload by its values, and <see cref="Variant"/>. A job that takes a result over completes without its
/// handler: nothing is reported, and what a handler writes in the transaction of its outcome isn't written. So it is for types whose
/// work is their result. A job that fails for good, or is called off, leaves the next one to run.
/// </remarks>
public sealed class ResultReuse
{
    /// <summary>The longest time that a result is taken over: 365 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// For how long a result is taken over, up to <see cref="Longest"/>; zero for never. The configuration's <c>JobTypes:{type}:ReuseFor</c> wins.
    /// Default: 24 hours. A result that is no longer kept (<see cref="JobQueueOptions.KeepCompleted"/>) isn't taken over either.
    /// </summary>
    public TimeSpan For { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Whether jobs take over the results of other owners' jobs. Default: false, each owner's are its own.</summary>
    public bool AcrossOwners { get; set; }

    /// <summary>Top-level members of the payload, as JSON names them, that the result doesn't depend on. Default: none.</summary>
    public IReadOnlyList<string> Without { get; set; } = [];

    /// <summary>
    /// What else the result depends on, such as the model and its parameters: asked in the scope of each attempt. Default: nothing.
    /// </summary>
    public Func<IServiceProvider, string>? Variant { get; set; }
}
