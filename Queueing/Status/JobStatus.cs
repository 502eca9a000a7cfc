using System.Text.Json;
using System.Text.Json.Serialization;

namespace Queueing;

/// <summary>The status document: one job as a client sees it. Times are UTC.</summary>
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
    /// <summary>Whether its result is that of an earlier job of the same content, see <see cref="ResultReuse"/>. Left out where it isn't.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reused { get; init; }

    /// <summary>Whose job it is. Not part of the document: whoever may read it knows.</summary>
    [JsonIgnore]
    public string Owner { get; init; } = "";

    /// <summary>Rises with every change that clients are told of; the id of the event that told it.</summary>
    [JsonIgnore]
    public long Seq { get; init; }

    /// <summary>Of a finished job how long the text is that its last attempt wrote for its clients, in UTF-16 code units; null for none, or when it isn't known.</summary>
    [JsonIgnore]
    public int? TextLength { get; init; }

    /// <summary>Whether the job stays as it is.</summary>
    [JsonIgnore]
    public bool IsFinal => JobState.IsFinal(Status);
}
