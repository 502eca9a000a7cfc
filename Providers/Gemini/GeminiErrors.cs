using Providers.Faults;

namespace Providers.Gemini;

/// <summary>Reads Google's errors.</summary>
internal static class GeminiErrors
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">The body's error; null if it has none.</param>
    /// <param name="header">What the headers ask to wait, which those in between may set.</param>
    public static ProviderFault Of(int status, GeminiError? error, TimeSpan? header)
    {
        var details = error?.Details ?? [];
        var isPerDay = details.SelectMany(detail => detail.Violations ?? [])
            .Any(violation => violation.QuotaId?.Contains("PerDay", StringComparison.OrdinalIgnoreCase) ?? false);
        var fault = GeminiFaults.Of(status, [error?.Status, isPerDay ? GeminiFaults.PerDay : null, .. details.Select(detail => detail.Reason)]);
        var asked = details.Select(detail => GoDuration.Read(detail.RetryDelay)).FirstOrDefault(wait => wait is not null);
        return fault with { RetryAfter = asked ?? header };
    }
}
