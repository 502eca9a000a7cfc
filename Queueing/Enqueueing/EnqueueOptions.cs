namespace Queueing;

/// <summary>What a caller may say of one job.</summary>
/// <param name="Priority">1 to 10, higher runs first.</param>
/// <param name="Delay">Not to be run before this time from now; zero or more.</param>
public sealed record EnqueueOptions(int Priority = EnqueueOptions.DefaultPriority, TimeSpan Delay = default)
{
    /// <summary>The priority of a job that nobody said anything of.</summary>
    public const int DefaultPriority = 5;
}
