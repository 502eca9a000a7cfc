using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Features.Files;

/// <summary>A store that can't be reached is a 503 with a time to come back: nothing was accepted.</summary>
internal sealed partial class StorageAwayHandler(IProblemDetailsService problems, ILogger<StorageAwayHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StorageAwayException)
        {
            return false;
        }

        LogAway(exception.Message);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = new()
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Type = "/problems/storage-away",
                Title = "The store of files can't be reached.",
                Detail = $"Try again in {RetryAfterSeconds} seconds.",
            },
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An upload was answered with 503: {Reason}")]
    private partial void LogAway(string reason);
}
