using System.Globalization;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

/// <summary>OpenAI's headers: the request's id, what is left of the limits, and when to come back.</summary>
internal static class OpenAIHeaders
{
    public static void Add(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now)
    {
        headers["x-request-id"] = $"req_{id}";
        if (rate is not null)
        {
            AddRate(headers, "requests", rate.Rule.RequestsPerMinute, rate.RemainingRequests, rate.UntilFull);
            AddRate(headers, "tokens", rate.Rule.TokensPerMinute, rate.RemainingTokens, rate.UntilFull);
        }

        if (error?.RetryAfter is not { } wait)
        {
            return;
        }

        headers.RetryAfter = error.RetryAfterForm == RetryAfterForm.Date
            ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling((now + wait - DateTimeOffset.UnixEpoch).TotalSeconds)).ToString("R", CultureInfo.InvariantCulture)
            : Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (error.Status == StatusCodes.Status429TooManyRequests && rate is null)
        {
            headers["x-ratelimit-remaining-requests"] = "0";
            headers["x-ratelimit-reset-requests"] = Duration(wait);
        }
    }

    private static void AddRate(IHeaderDictionary headers, string unit, long? limit, long remaining, TimeSpan untilFull)
    {
        if (limit is not null)
        {
            headers[$"x-ratelimit-limit-{unit}"] = limit.Value.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-remaining-{unit}"] = remaining.ToString(CultureInfo.InvariantCulture);
            headers[$"x-ratelimit-reset-{unit}"] = Duration(untilFull);
        }
    }

    /// <summary>As Go writes it: 250ms, 1.5s, 6m0s.</summary>
    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMilliseconds)}ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes}m{time.Seconds}s"),
    };
}
