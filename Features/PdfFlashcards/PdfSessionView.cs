using System.Text.Json;
using Features.Jobs;
using Queueing;

namespace Features.PdfFlashcards;

/// <summary>The making of cards of a PDF, as who asked for it sees it.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="PdfId">The file.</param>
/// <param name="UserPrompt">What the cards were to be about, or null.</param>
/// <param name="JobId">The job.</param>
/// <param name="Status">"PENDING", "PROCESSING", "COMPLETED" or "FAILED"; null once the job is not kept any more.</param>
/// <param name="Result">The cards, where they are there.</param>
/// <param name="CreatedAt">When they were asked for.</param>
public sealed record PdfSessionView(
    Guid SessionId, Guid PdfId, string? UserPrompt, Guid JobId, string? Status, JsonElement? Result, DateTimeOffset CreatedAt)
{
    internal static PdfSessionView Of(CardSession session, JobStatus? job) =>
        new(session.Id, session.FileId, session.UserPrompt, session.JobId, job is null ? null : PolledState.Of(job.Status), job?.Result, session.CreatedAt);
}
