using System.Globalization;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Azure;

/// <summary>Azure's form of error.</summary>
internal static class AzureErrors
{
    public static object Body(WireError error) => new
    {
        error = new
        {
            code = error.Status == StatusCodes.Status400BadRequest ? "InvalidRequest" : error.Status.ToString(CultureInfo.InvariantCulture),
            message = error.Message,
            innererror = error.Code is { } code ? new { code, message = error.Message } : null,
        },
    };

    public static void AddHeaders(IHeaderDictionary headers, string id, WireError? error, DateTimeOffset now)
    {
        headers["apim-request-id"] = id;
        if (error?.RetryAfter is { } wait)
        {
            headers.RetryAfter = error.RetryAfterForm == RetryAfterForm.Date
                ? (now + wait).ToString("R", CultureInfo.InvariantCulture)
                : Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whoever sends no key is turned away, as at Azure's.</summary>
    /// <exception cref="BadQuestionException">There is none.</exception>
    public static void CheckKey(HttpRequest request)
    {
        if (!request.Headers.ContainsKey("Ocp-Apim-Subscription-Key"))
        {
            throw new BadQuestionException(new WireError(StatusCodes.Status401Unauthorized, "Access denied due to missing subscription key."));
        }
    }
}
