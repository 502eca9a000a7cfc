using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

/// <summary>A body that can't be read is a problem document that names each field at fault and what was expected.</summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems, BodyErrors errors) : IExceptionHandler
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
                ? new HttpValidationProblemDetails(await errors.FindAsync(context, cancellationToken) ?? BodyErrors.OfBody(json)) { Status = badRequest.StatusCode }
                : new() { Status = badRequest.StatusCode, Detail = badRequest.Message },
        });
    }
}
