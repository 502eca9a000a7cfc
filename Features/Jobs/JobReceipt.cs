using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Features.Jobs;

/// <summary>What a client gets for an accepted job: its id, and where to ask for it and to follow it.</summary>
public sealed record JobReceipt(Guid JobId, string Status, string StatusUrl, string EventsUrl)
{
    /// <summary>202, with the receipt of a job just accepted.</summary>
    public static Accepted<JobReceipt> Accepted(Guid jobId)
    {
        var receipt = new JobReceipt(jobId, "queued", $"/api/job-status/{jobId}", $"/api/job-events?jobId={jobId}");
        return TypedResults.Accepted(receipt.StatusUrl, receipt);
    }
}
