namespace Providers.Faults;

/// <summary>What Gemini's errors mean. Google charges for none of them.</summary>
internal static class GeminiFaults
{
    /// <summary>Stands for a quota per day, which Google answers as it does one per minute, and with as short a wait.</summary>
    public const string PerDay = "per-day";

    private static readonly FaultRow[] Table =
    [
        new(400, "API_KEY_INVALID", FaultWords.NotAuthorised),
        new(400, "FAILED_PRECONDITION", FaultWords.NotAuthorised), // The country, or an account without billing.
        new(401, null, FaultWords.NotAuthorised),
        new(402, null, FaultWords.QuotaExhausted),
        new(403, null, FaultWords.NotAuthorised),
        new(404, null, FaultWords.NotFound),
        new(300..400, null, FaultWords.NotFound), // Redirects aren't followed, since the key would go along.
        new(413, null, FaultWords.TooLarge),

        new(429, PerDay, FaultWords.QuotaExhausted),
        new(429, null, FaultWords.RateLimited),
        new(408, null, FaultWords.Timeout),
        new(409, null, FaultWords.Conflict),
        new(499, null, FaultWords.ConnectionLost),
        new(504, null, FaultWords.Timeout),
        new(500..600, null, FaultWords.ServerError),
        new(FaultRow.Any, null, FaultWords.BadRequest),
    ];

    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The error's status, and the reasons in its details.</param>
    public static ProviderFault Of(int status, params ReadOnlySpan<string?> codes) => FaultRow.Read(Table, status, codes);
}
