using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

/// <summary>A body that can't be read is a problem document that names the field at fault and what was expected.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException badRequest)
        {
            return false;
        }

        context.Response.StatusCode = badRequest.StatusCode;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = badRequest.InnerException is JsonException json
                ? new HttpValidationProblemDetails(new Dictionary<string, string[]> { [FieldOf(json)] = [ExpectedBy(json)] })
                {
                    Status = badRequest.StatusCode,
                }
                : new() { Status = badRequest.StatusCode, Detail = badRequest.Message },
        });
    }

    // System.Text.Json writes the place as a path such as $.content.
    private static string FieldOf(JsonException exception) => exception.Path switch
    {
        null or "$" or "" => "body",
        var path => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path,
    };

    private static string ExpectedBy(JsonException exception)
    {
        const string conversion = "could not be converted to ";
        var at = exception.Message.IndexOf(conversion, StringComparison.Ordinal);
        if (at < 0)
        {
            return "Expected valid JSON.";
        }

        var type = exception.Message[(at + conversion.Length)..].Split(". Path", 2)[0];
        return $"Expected {NameOf(type)}.";
    }

    private static string NameOf(string type) => type switch
    {
        "System.String" => "a string",
        _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Double", StringComparison.Ordinal) || type.Contains("Decimal", StringComparison.Ordinal) => "a number",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ when type.Contains("[]", StringComparison.Ordinal) || type.Contains("List", StringComparison.Ordinal) => "an array",
        _ => "an object",
    };
}
