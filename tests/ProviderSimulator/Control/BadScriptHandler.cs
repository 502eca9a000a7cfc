using Microsoft.AspNetCore.Diagnostics;

namespace ProviderSimulator.Control;

/// <summary>Tells a tester what is wrong with the JSON, which the framework keeps to itself.</summary>
internal sealed class BadScriptHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        return problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = bad.StatusCode, Detail = bad.InnerException?.Message ?? bad.Message },
        });
    }
}
