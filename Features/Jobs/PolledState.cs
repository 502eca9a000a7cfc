using Queueing;

namespace Features.Jobs;

/// <summary>The states of a job in the words of clients that poll: four, where the queue knows six.</summary>
internal static class PolledState
{
    public const string Pending = "PENDING";
    public const string Completed = "COMPLETED";

    public static string Of(string state) => state switch
    {
        JobState.Waiting or JobState.Delayed => Pending,
        JobState.Active => "PROCESSING",
        JobState.Completed => Completed,
        _ => "FAILED",
    };
}
