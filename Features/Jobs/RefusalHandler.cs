using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Queueing;

namespace Features.Jobs;

/// <summary>What the queue doesn't accept is a problem document that says why.</summary>
internal sealed class RefusalHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case QueueFullException full:
                context.Response.Headers.RetryAfter = Math.Ceiling(full.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return WriteAsync(context, StatusCodes.Status429TooManyRequests, "/problems/queue-full", "The queue is full.", exception);
            case PayloadTooLargeException:
                return WriteAsync(context, StatusCodes.Status413PayloadTooLarge, "/problems/payload-too-large", "The payload is too large.", exception);
            case IdempotencyConflictException:
                return WriteAsync(
                    context, StatusCodes.Status422UnprocessableEntity, "/problems/idempotency-conflict", "The idempotency key was used for another payload.", exception);
            default:
                return ValueTask.FromResult(false);
        }
    }

    private ValueTask<bool> WriteAsync(HttpContext context, int status, string type, string title, Exception refusal)
    {
        context.Response.StatusCode = status;
        return problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = new() { Status = status, Type = type, Title = title, Detail = refusal.Message },
        });
    }
}
