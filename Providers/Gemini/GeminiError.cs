using System.Text.Json.Serialization;

namespace Providers.Gemini;

/// <summary>The body of an error.</summary>
internal sealed record GeminiFailure(GeminiError? Error);

/// <summary>An error in Google's form. Its message is not read: it may repeat the key.</summary>
internal sealed record GeminiError(int? Code, string? Status, IReadOnlyList<GeminiErrorDetail>? Details);

/// <summary>One of <c>google.rpc.ErrorInfo</c>, <c>RetryInfo</c> and <c>QuotaFailure</c>, or something else.</summary>
/// <param name="Type">Which.</param>
/// <param name="Reason">Of ErrorInfo: a word such as API_KEY_INVALID.</param>
/// <param name="RetryDelay">Of RetryInfo: "45.8s".</param>
/// <param name="Violations">Of QuotaFailure.</param>
internal sealed record GeminiErrorDetail(
    [property: JsonPropertyName("@type")] string? Type, string? Reason, string? RetryDelay, IReadOnlyList<GeminiQuotaViolation>? Violations);

/// <param name="QuotaId">Says how long the quota's time is, for instance GenerateRequestsPerDayPerProjectPerModel-FreeTier.</param>
internal sealed record GeminiQuotaViolation(string? QuotaId);
