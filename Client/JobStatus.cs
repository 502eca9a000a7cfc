using System.Text.Json;
using System.Text.Json.Serialization;

namespace AspireJobs.Client;

/// <summary>The status document: how a job stands. Times are UTC.</summary>
/// <param name="JobId">The job's id, the same over all its attempts.</param>
/// <param name="Type">What kind of job it is.</param>
/// <param name="Queue">Where it waits.</param>
/// <param name="Status">One of <see cref="JobState"/>.</param>
/// <param name="Progress">How far the attempt has come, 0 to 100.</param>
/// <param name="Attempt">The last attempt that was begun, from 1; 0 before the first.</param>
/// <param name="MaxAttempts">The attempt after which the job fails for good.</param>
/// <param name="Priority">1 to 10, higher runs first.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="RunAt">When it is, or was, due.</param>
/// <param name="StartedAt">When the last attempt began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Result">What it made, once completed.</param>
/// <param name="Error">Why it failed or was cancelled.</param>
/// <param name="Usage">What it used of an AI provider.</param>
public sealed record JobStatus(
    Guid JobId,
    string Type,
    string Queue,
    string Status,
    int Progress,
    int Attempt,
    int MaxAttempts,
    int Priority,
    DateTimeOffset CreatedAt,
    DateTimeOffset RunAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    JsonElement? Result,
    JobError? Error,
    JobUsage? Usage)
{
    /// <summary>Whether its result is that of an earlier job of the same content.</summary>
    public bool Reused { get; init; }

    /// <summary>Whether the job stays as it is.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is JobState.Completed or JobState.Failed or JobState.Cancelled;
}
