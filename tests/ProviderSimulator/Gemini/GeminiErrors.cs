using System.Globalization;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Gemini;

/// <summary>Google's form of error. It tells when to come back in the body, as RetryInfo, and has no header for it.</summary>
internal static class GeminiErrors
{
    public static object Body(WireError error) => new
    {
        error = new
        {
            code = error.Status,
            message = error.Message,
            status = StatusOf(error.Status),
            details = Details(error),
        },
    };

    private static object[] Details(WireError error) => error.RetryAfter is { } wait
        ? [new Dictionary<string, string>
        {
            ["@type"] = "type.googleapis.com/google.rpc.RetryInfo",
            ["retryDelay"] = string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.###}s"),
        }]
        : [];

    private static string StatusOf(int status) => status switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "FAILED_PRECONDITION",
    };
}
