using System.Globalization;
using System.Net.Http.Headers;

namespace Providers.Faults;

/// <summary>Reads how long a provider asks to wait, in each of the forms that there are.</summary>
internal static class Waits
{
    /// <param name="header">Gives a header's value by its name.</param>
    /// <param name="time">The clock for dates, where the answer has none of its own.</param>
    /// <param name="isRateLimited">Whether limits are what it is about; else their headers say nothing.</param>
    public static TimeSpan? Of(Func<string, string?> header, TimeProvider time, bool isRateLimited) =>
        Seconds(header("retry-after-ms"), perSecond: 1000)
        ?? RetryAfter(header("retry-after"), header("date"), time)
        ?? (isRateLimited ? Reset(header) : null);

    private static TimeSpan? RetryAfter(string? text, string? sentAt, TimeProvider time)
    {
        if (Seconds(text, perSecond: 1) is { } wait)
        {
            return wait;
        }

        if (!RetryConditionHeaderValue.TryParse(text, out var value) || value.Date is not { } date)
        {
            return null;
        }

        // By the provider's own clock, if it tells: ours may differ from it by more than the wait.
        var now = DateTimeOffset.TryParseExact(sentAt, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
            ? sent
            : time.GetUtcNow();
        return date > now ? date - now : TimeSpan.Zero;
    }

    /// <returns>When what is used up is whole again.</returns>
    private static TimeSpan? Reset(Func<string, string?> header)
    {
        var requests = header("x-ratelimit-remaining-requests") is null or "0" ? GoDuration.Read(header("x-ratelimit-reset-requests")) : null;
        // A limit of tokens may refuse a call while it has some left.
        var tokens = requests is null || header("x-ratelimit-remaining-tokens") == "0" ? GoDuration.Read(header("x-ratelimit-reset-tokens")) : null;
        return requests > tokens ? requests : tokens ?? requests;
    }

    private static TimeSpan? Seconds(string? text, double perSecond) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Span(number / perSecond) : null;

    /// <summary>No longer than anybody waits, so that no number is too large for it.</summary>
    public static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, ProviderFault.LongestWait.TotalSeconds));
}
