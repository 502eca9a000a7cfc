using System.Text.Json.Serialization;

namespace AspireJobs.Client;

/// <summary>An accepted job. It is never lost.</summary>
/// <param name="JobId">The job's id.</param>
/// <param name="Status">"queued".</param>
/// <param name="StatusUrl">Where its status document is, relative to the API.</param>
/// <param name="EventsUrl">Where its events are, relative to the API. It can open that stream for who has it: don't log it.</param>
public sealed record JobReceipt(Guid JobId, string Status, string StatusUrl, string EventsUrl)
{
    /// <summary>Whether the job existed before: the idempotency key was used within the last 24 hours.</summary>
    [JsonIgnore]
    public bool IsReplayed { get; init; }
}
