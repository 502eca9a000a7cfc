using System.Globalization;
using Features.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Queueing;

namespace Features.Jobs;

/// <summary>What the header <c>Idempotency-Key</c> and the query of a request say of a job.</summary>
/// <param name="Options">Null when they say nothing.</param>
/// <param name="Errors">What can't be, by the parameter's name; null when all is well.</param>
internal readonly record struct EnqueueQuery(EnqueueOptions? Options, Dictionary<string, string[]>? Errors)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(366);

    public static EnqueueQuery Read(HttpRequest request)
    {
        var hasKey = request.Headers.TryGetValue(EnqueueRequest.KeyHeader, out var key);
        if (!hasKey && !request.QueryString.HasValue)
        {
            return default;
        }

        var errors = new Dictionary<string, string[]>();
        var query = request.Query;
        var options = new EnqueueOptions
        {
            IdempotencyKey = hasKey ? ReadKey(key, errors) : null,
            Priority = ReadPriority(query["priority"], errors),
            Delay = ReadDelay(query["delayMs"], errors),
            RunAt = ReadTime("runAt", query["runAt"], errors),
            ExpiresAt = ReadTime("expiresAt", query["expiresAt"], errors),
            Continuation = ReadCallback(request.HttpContext, query["callbackUrl"], errors),
        };
        if (query.ContainsKey("delayMs") && query.ContainsKey("runAt"))
        {
            errors["runAt"] = ["Give delayMs or runAt, not both."];
        }

        return new(options, errors.Count == 0 ? null : errors);
    }

    // The draft writes a key as a quoted string; most clients send it bare.
    private static string? ReadKey(StringValues values, Dictionary<string, string[]> errors)
    {
        var key = values.ToString();
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        if (values.Count == 1 && key.Length is > 0 and <= EnqueueRequest.LongestKey)
        {
            return key;
        }

        errors[EnqueueRequest.KeyHeader] = [$"Expected one key of 1 to {EnqueueRequest.LongestKey} characters."];
        return null;
    }

    private static Func<Guid, object>? ReadCallback(HttpContext context, StringValues value, Dictionary<string, string[]> errors)
    {
        if (value.Count == 0)
        {
            return null;
        }

        if (value.Count > 1)
        {
            errors["callbackUrl"] = ["Expected one URL."];
            return null;
        }

        if (context.RequestServices.GetRequiredService<CallbackUrls>().TryRead(value.ToString(), out var url, out var refusal))
        {
            return jobId => new PostCallback(jobId, url);
        }

        errors["callbackUrl"] = [refusal];
        return null;
    }

    private static int ReadPriority(StringValues value, Dictionary<string, string[]> errors)
    {
        if (value.Count == 0)
        {
            return EnqueueOptions.DefaultPriority;
        }

        if (int.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority is >= 1 and <= 10)
        {
            return priority;
        }

        errors["priority"] = ["Expected a whole number from 1 to 10."];
        return EnqueueOptions.DefaultPriority;
    }

    private static TimeSpan ReadDelay(StringValues value, Dictionary<string, string[]> errors)
    {
        if (value.Count == 0)
        {
            return TimeSpan.Zero;
        }

        if (long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var delay) && delay <= LongestDelay.TotalMilliseconds)
        {
            return TimeSpan.FromMilliseconds(delay);
        }

        errors["delayMs"] = [$"Expected a whole number of milliseconds from 0 to {LongestDelay.TotalMilliseconds:0}."];
        return TimeSpan.Zero;
    }

    private static DateTimeOffset? ReadTime(string name, StringValues value, Dictionary<string, string[]> errors)
    {
        if (value.Count == 0)
        {
            return null;
        }

        // The first and the last moments of the calendar stand for infinity in the database.
        if (DateTimeOffset.TryParseExact(
                value.ToString(), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.Year is > 1 and < 9999)
        {
            return time;
        }

        errors[name] = ["Expected a time (ISO 8601), for instance 2030-01-31T12:00:00Z."];
        return null;
    }
}
