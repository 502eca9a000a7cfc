using System.Text.Json;

namespace AspireJobs.Client;

/// <summary>Something that a follower is told of a job. The cases are the nested types; there are no others.</summary>
public abstract record JobNotice
{
    private JobNotice()
    {
    }

    /// <summary>The job.</summary>
    public required Guid JobId { get; init; }

    /// <summary>What a later follower gives to go on after this notice; null for what was polled.</summary>
    public string? EventId { get; init; }

    /// <summary>How it came.</summary>
    public NoticeSource Via { get; init; }

    /// <summary>Whether the job has ended. No further notice of it follows, unless somebody lets it run again.</summary>
    public bool IsFinal => this is Completed or Failed or Cancelled;

    /// <summary>How the job stands, all of it: at the start, after a <see cref="Gap"/>, and for every change that was polled.</summary>
    /// <param name="Status">The status document.</param>
    public sealed record Snapshot(JobStatus Status) : JobNotice;

    /// <summary>The job waits again: its worker was lost or stopped.</summary>
    public sealed record Waiting : JobNotice;

    /// <summary>A worker began an attempt.</summary>
    /// <param name="Attempt">The attempt, from 1.</param>
    /// <param name="MaxAttempts">The attempt after which the job fails for good.</param>
    public sealed record Active(int Attempt, int MaxAttempts) : JobNotice;

    /// <summary>The attempt has come some way.</summary>
    /// <param name="Percent">0 to 100.</param>
    /// <param name="Message">A few words for people.</param>
    public sealed record Progress(int Percent, string? Message) : JobNotice;

    /// <summary>A piece of the text that the attempt writes.</summary>
    /// <param name="Attempt">The attempt. Each writes its text from the beginning.</param>
    /// <param name="Offset">How many UTF-16 code units of the attempt's text come before the piece.</param>
    /// <param name="Text">The piece.</param>
    /// <param name="TextSoFar">The attempt's text, this piece included.</param>
    public sealed record Delta(int Attempt, int Offset, string Text, JobText TextSoFar) : JobNotice;

    /// <summary>The attempt failed and another will follow.</summary>
    /// <param name="Attempt">The attempt that failed.</param>
    /// <param name="MaxAttempts">The attempt after which the job fails for good.</param>
    /// <param name="Error">Why; null when the server no longer knows.</param>
    /// <param name="RunAt">When the next attempt is due.</param>
    public sealed record Retrying(int Attempt, int MaxAttempts, JobError? Error, DateTimeOffset RunAt) : JobNotice;

    /// <summary>Something that happened to the job is lost. A <see cref="Snapshot"/> follows.</summary>
    public sealed record Gap : JobNotice;

    /// <summary>Final: the job ended well.</summary>
    /// <param name="Result">What it made; null when it makes nothing.</param>
    public sealed record Completed(JsonElement? Result) : JobNotice;

    /// <summary>Final: the job will not be tried again.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Failed(JobError Error) : JobNotice;

    /// <summary>Final: the job was called off.</summary>
    /// <param name="Error">Why, when its handler called it off.</param>
    public sealed record Cancelled(JobError? Error) : JobNotice;
}
