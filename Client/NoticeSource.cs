namespace AspireJobs.Client;

/// <summary>How a notice came.</summary>
public enum NoticeSource
{
    /// <summary>Over the event stream, as it happened.</summary>
    Stream,

    /// <summary>From the job's status, because the stream is silent: some proxy holds it back. Pieces of text and steps in between are not told.</summary>
    Poll,
}
