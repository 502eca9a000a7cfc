using System.Text.Json.Serialization;

namespace Features.Jobs;

/// <summary>What a client gets for an accepted job: its id, and where to ask for it and to follow it.</summary>
public sealed record JobReceipt(Guid JobId, string Status, string StatusUrl, string EventsUrl)
{
    /// <summary>The receipt of a job.</summary>
    public static JobReceipt Of(Guid jobId) => new(jobId, "queued", $"/api/job-status/{jobId}", $"/api/job-events?jobId={jobId}");

    /// <summary>202, with the receipt of a job just accepted.</summary>
    public static JobAccepted Accepted(Guid jobId) => new(Of(jobId));
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobReceipt))]
internal sealed partial class JobReceiptJson : JsonSerializerContext;
