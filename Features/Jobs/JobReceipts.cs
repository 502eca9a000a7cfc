namespace Features.Jobs;

/// <summary>Writes receipts.</summary>
/// <param name="eventsQuery">What the host adds to a job's link to its events, such as a token that opens them; null for nothing.</param>
public sealed class JobReceipts(EventsQuery? eventsQuery = null)
{
    /// <summary>The receipt of a job just accepted.</summary>
    public JobReceipt Of(Guid jobId) =>
        new(jobId, "queued", $"/api/job-status/{jobId}", $"/api/job-events?jobId={jobId}{eventsQuery?.Invoke(jobId)}");

    /// <summary>202, with the receipt.</summary>
    public JobAccepted Accepted(Guid jobId) => new(Of(jobId));
}

/// <returns>What follows a job's id in the link to its events: "&amp;name=value", or nothing.</returns>
public delegate string? EventsQuery(Guid jobId);
