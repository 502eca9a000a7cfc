namespace Queueing;

/// <summary>The states a client sees, as the words of the HTTP contract.</summary>
public static class JobState
{
    /// <summary>Due, and waiting for a worker.</summary>
    public const string Waiting = "waiting";

    /// <summary>Waiting for its time to come: delayed on purpose, or backing off after a failed attempt.</summary>
    public const string Delayed = "delayed";

    /// <summary>A worker runs it.</summary>
    public const string Active = "active";

    /// <summary>Final: it ended well.</summary>
    public const string Completed = "completed";

    /// <summary>Final: it will not be tried again.</summary>
    public const string Failed = "failed";

    /// <summary>Final: somebody called it off.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Whether a job in this state stays in it.</summary>
    public static bool IsFinal(string state) => state is Completed or Failed or Cancelled;
}
