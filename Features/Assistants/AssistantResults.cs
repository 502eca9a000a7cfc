using System.Text.Json;
using Features.Jobs;
using Queueing;

namespace Features.Assistants;

/// <summary>What a client gets for a question that is to be answered.</summary>
public sealed record AssistantReceipt : JobReceipt
{
    internal AssistantReceipt(JobReceipt receipt, Guid sessionId)
        : base(receipt) => (SessionId, Status, StatusUrl) = (sessionId, PolledState.Pending, $"/api/assistant/job/{receipt.JobId}");

    /// <summary>The conversation that the question belongs to.</summary>
    public Guid SessionId { get; }
}

/// <summary>What a client of the landing page gets.</summary>
public sealed record LandingReceipt : JobReceipt
{
    internal LandingReceipt(JobReceipt receipt)
        : base(receipt) => (Status, StatusUrl) = (PolledState.Pending, $"/api/landing-assistant/job/{receipt.JobId}");

    /// <summary>For people.</summary>
    public string Message { get; } = "Your question has been queued for processing.";
}

/// <summary>How a question stands, for clients that poll.</summary>
/// <param name="JobId">The job; null for a question that was answered beforehand.</param>
/// <param name="Status">"PENDING", "PROCESSING", "COMPLETED" or "FAILED".</param>
/// <param name="Result">The answer, where it is there: <see cref="AssistantAnswer"/>.</param>
/// <param name="Error">Why there is none, or null.</param>
public sealed record AssistantJob(Guid? JobId, string Status, JsonElement? Result, JobError? Error)
{
    internal static AssistantJob Of(JobStatus job) => new(job.JobId, PolledState.Of(job.Status), job.Result, job.Error);
}

/// <summary>A question that was answered beforehand, at once.</summary>
/// <param name="Status">"COMPLETED".</param>
/// <param name="SessionId">The conversation that it belongs to; null on the landing page.</param>
/// <param name="Result">The answer.</param>
public sealed record SuggestedAnswer(string Status, Guid? SessionId, AssistantAnswer Result);

/// <summary>An answer.</summary>
/// <param name="Answer">Its text, with marks such as [1] where something is taken from a source.</param>
/// <param name="Answered">Whether the material holds an answer; if not, the text says so.</param>
/// <param name="Sources">What the answer is taken from, by the numbers of its marks.</param>
/// <param name="SessionId">The conversation; null on the landing page.</param>
/// <param name="TokenUsage">The tokens that it took, read and written.</param>
public sealed record AssistantAnswer(string Answer, bool Answered, IReadOnlyList<AnswerSource> Sources, Guid? SessionId, long TokenUsage);

/// <summary>What a part of an answer is taken from.</summary>
/// <param name="Number">Its mark in the answer.</param>
/// <param name="Title">The document's title, or the course's.</param>
/// <param name="Excerpt">The text that was given to the model.</param>
/// <param name="DocumentId">The document, or null.</param>
/// <param name="FirstPage">The excerpt's first page, or null.</param>
/// <param name="LastPage">Its last page, or null.</param>
public sealed record AnswerSource(int Number, string Title, string Excerpt, Guid? DocumentId = null, int? FirstPage = null, int? LastPage = null);

/// <summary>A conversation.</summary>
public sealed record AssistantConversation(Guid SessionId, Guid CourseId, IReadOnlyList<AssistantMessage> Messages);

/// <summary>A question or an answer of a conversation.</summary>
/// <param name="Role">"user" or "assistant".</param>
/// <param name="Text">What was said.</param>
/// <param name="Sources">Of an answer.</param>
/// <param name="CreatedAt">When the answer was there; a question has its answer's time.</param>
public sealed record AssistantMessage(string Role, string Text, IReadOnlyList<AnswerSource>? Sources, DateTimeOffset CreatedAt);
