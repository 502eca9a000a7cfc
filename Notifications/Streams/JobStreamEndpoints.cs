using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using Queueing;
using ServiceDefaults;

namespace Notifications.Streams;

/// <summary>Streams of job events.</summary>
internal static class JobStreamEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        public void AddJobStreams()
        {
            builder.Services.AddOptions<StreamOptions>()
                .BindConfiguration(StreamOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>();
            builder.Services.AddSingleton<OpenStreams>();
            builder.Services.AddHostedService(services => services.GetRequiredService<OpenStreams>());
            builder.Services.AddSingleton<BacklogReader>();
            builder.Services.AddSingleton<JobStream>();
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(OpenStream.SourceName));
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/job-events?jobId=</c>.</summary>
        public void MapJobStreams() =>
            routes.MapGet("/api/job-events", FollowAsync).RequireAuthorization(SignInExtensions.Reader);
    }

    private static async Task<IResult> FollowAsync(
        string? jobId, string? lastEventId, ClaimsPrincipal caller, HttpContext context, JobReader jobs, JobStream stream)
    {
        if (!Guid.TryParse(jobId, out var id))
        {
            return Invalid(nameof(jobId), "Expected the id of a job.");
        }

        var resumeFrom = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? lastEventId;
        EventId? position = null;
        if (!string.IsNullOrEmpty(resumeFrom))
        {
            if (!EventId.TryParse(resumeFrom, out var parsed))
            {
                return Invalid(nameof(lastEventId), "Expected the id of an event of this stream.");
            }

            position = parsed;
        }

        if (await jobs.FindAsync(id, context.RequestAborted) is not { } status || !caller.MayRead(status.Owner))
        {
            return TypedResults.NotFound();
        }

        if (status.IsFinal && position == new EventId(status.Seq))
        {
            // The client has the end: 204 tells EventSource not to come back.
            return TypedResults.NoContent();
        }

        await stream.WriteAsync(id, position, expiresAt: null, context);
        return TypedResults.Empty;
    }

    private static ValidationProblem Invalid(string field, string expected) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [expected] });
}
