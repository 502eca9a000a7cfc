namespace Queueing;

/// <summary>The names of events. Final ones are named after the state that they announce.</summary>
public static class JobEventName
{
    /// <summary>The job waits again: its worker was lost or stopped.</summary>
    public const string Waiting = JobState.Waiting;

    /// <summary>A worker began an attempt.</summary>
    public const string Active = JobState.Active;

    /// <summary>The attempt has come some way.</summary>
    public const string Progress = "progress";

    /// <summary>A piece of the text that the attempt writes.</summary>
    public const string Delta = "delta";

    /// <summary>The attempt failed and another will follow.</summary>
    public const string Retrying = "retrying";

    /// <summary>Final: the job ended well.</summary>
    public const string Completed = JobState.Completed;

    /// <summary>Final: the job failed.</summary>
    public const string Failed = JobState.Failed;

    /// <summary>Final: somebody, or its handler, called the job off.</summary>
    public const string Cancelled = JobState.Cancelled;
}
