using System.Text.Json;

namespace AspireJobs.Client.Following;

/// <summary>The document of any event but <c>connected</c>; each has some of the members.</summary>
internal sealed record EventData(
    Guid JobId,
    int Attempt,
    int MaxAttempts,
    int Progress,
    string? Message,
    int? Offset,
    string? Text,
    JsonElement? Result,
    JobError? Error,
    DateTimeOffset RunAt);
