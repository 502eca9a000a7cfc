using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

/// <summary>The stable types of problem documents, which clients tell problems apart by.</summary>
public static class ProblemTypes
{
    /// <summary>400: the request doesn't hold what it must; <c>errors</c> names each bad field.</summary>
    public const string Validation = "/problems/validation";

    /// <summary>503: the database is away; nothing was accepted.</summary>
    public const string DatabaseAway = "/problems/database-away";

    private static readonly Dictionary<int, string> ByStatus = new()
    {
        [StatusCodes.Status400BadRequest] = Validation,
        [StatusCodes.Status401Unauthorized] = "/problems/sign-in-required",
        [StatusCodes.Status403Forbidden] = "/problems/forbidden",
        [StatusCodes.Status404NotFound] = "/problems/not-found",
        [StatusCodes.Status405MethodNotAllowed] = "/problems/method-not-allowed",
        [StatusCodes.Status409Conflict] = "/problems/conflict",
        [StatusCodes.Status413PayloadTooLarge] = "/problems/payload-too-large",
        [StatusCodes.Status415UnsupportedMediaType] = "/problems/unsupported-media-type",
        [StatusCodes.Status422UnprocessableEntity] = "/problems/unprocessable",
        [StatusCodes.Status429TooManyRequests] = "/problems/too-many-requests",
        [StatusCodes.Status500InternalServerError] = "/problems/internal",
        [StatusCodes.Status503ServiceUnavailable] = "/problems/unavailable",
    };

    internal static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type is not { } type || !type.StartsWith("/problems/", StringComparison.Ordinal))
        {
            // The framework's own types are sections of RFC 9110, which say no more than the status.
            problem.Type = ByStatus.GetValueOrDefault(problem.Status ?? context.HttpContext.Response.StatusCode, "about:blank");
        }

        if (problem is HttpValidationProblemDetails invalid)
        {
            invalid.Errors = invalid.Errors.ToDictionary(error => AsWritten(error.Key), error => error.Value);
        }
    }

    // Validation names a field as C# does; the client knows it as JSON does. A header keeps its name.
    private static string AsWritten(string path) => path.Contains('-', StringComparison.Ordinal)
        ? path
        : string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
