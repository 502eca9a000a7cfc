namespace Providers.Faults;

/// <summary>What the errors of OpenAI, and of those that are compatible with it, mean.</summary>
internal static class OpenAIFaults
{
    private static readonly FaultRow[] Table =
    [
        new(FaultRow.Any, "content_policy_violation", FaultWords.ContentRefused),
        new(FaultRow.Any, "content_filter", FaultWords.ContentRefused),
        new(FaultRow.Any, "invalid_prompt", FaultWords.ContentRefused), // What reasoning models call it.

        // The type of all that is about money, whose code then says which.
        new(FaultRow.Any, "insufficient_quota", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "credit_balance_exhausted", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "organization_spend_limit_exceeded", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "project_spend_limit_exceeded", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "organization_usage_limit_exceeded", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "billing_hard_limit_reached", FaultWords.QuotaExhausted),
        new(FaultRow.Any, "billing_not_active", FaultWords.QuotaExhausted),
        new(402, null, FaultWords.QuotaExhausted),

        new(FaultRow.Any, "context_length_exceeded", FaultWords.TooLarge),
        new(FaultRow.Any, "string_above_max_length", FaultWords.TooLarge),
        new(413, null, FaultWords.TooLarge),

        new(401..404, null, FaultWords.NotAuthorised),
        new(404, null, FaultWords.NotFound),
        new(300..400, null, FaultWords.NotFound), // Redirects aren't followed, since the key would go along.

        new(429, null, FaultWords.RateLimited),
        new(503, "slow_down", FaultWords.RateLimited),
        new(408, null, FaultWords.Timeout) { MayHaveCost = true },
        new(409, null, FaultWords.Conflict),
        new(503, null, FaultWords.ServerError), // Turned away before anything was done.
        new(504, null, FaultWords.Timeout) { MayHaveCost = true },
        new(500..600, null, FaultWords.ServerError) { MayHaveCost = true },
        new(FaultRow.Any, null, FaultWords.BadRequest),
    ];

    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error's code.</param>
    /// <param name="type">The error's type.</param>
    public static ProviderFault Of(int status, string? code, string? type) => FaultRow.Read(Table, status, code, type);
}
