using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Notifications.Feeds;
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
            builder.AddEventTokens();
            builder.Services.AddOptions<StreamOptions>()
                .BindConfiguration(StreamOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>();
            builder.Services.AddSingleton<OpenStreams>();
            builder.Services.AddHostedService(services => services.GetRequiredService<OpenStreams>());
            builder.Services.AddSingleton<StreamAdmission>();
            builder.Services.AddSingleton<BacklogReader>();
            builder.Services.AddSingleton<JobStream>();
            builder.Services.AddSingleton<CallerFeeds>();
            builder.Services.AddSingleton<CallerStream>();
            builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(OpenStream.SourceName));
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/job-events</c>: one job with <c>?jobId=</c>, else all of the caller. It decides itself who may: a token may stand for a sign-in.</summary>
        public void MapJobStreams() => routes.MapGet("/api/job-events", FollowAsync);
    }

    private static async Task<IResult> FollowAsync(
        string? jobId,
        string? lastEventId,
        string? token,
        HttpContext context,
        IAuthorizationService authorization,
        EventTokens tokens,
        StreamAdmission admission,
        JobReader jobs,
        JobStream jobStream,
        CallerStream callerStream)
    {
        if (await IdentifyAsync(token, context, authorization, tokens) is not { } caller)
        {
            return TypedResults.Problem(
                token is null ? null : "The token is not valid, or has expired.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var last = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? lastEventId;
        return jobId is null && caller.Token is null
            ? await FollowAllAsync(string.IsNullOrEmpty(last) ? null : last, caller, context, admission, callerStream)
            : await FollowOneAsync(jobId ?? caller.Token?.JobId.ToString(), last, caller, context, admission, jobs, jobStream);
    }

    private static async Task<IResult> FollowAllAsync(
        string? last, StreamCaller caller, HttpContext context, StreamAdmission admission, CallerStream stream)
    {
        using var place = admission.TryEnter(caller.Name, context, out var refusal);
        if (place is null)
        {
            return refusal!;
        }

        await stream.WriteAsync(caller.Principal.MayReadAll ? null : caller.Principal.Id, last, context);
        return TypedResults.Empty;
    }

    private static async Task<IResult> FollowOneAsync(
        string? jobId, string? last, StreamCaller caller, HttpContext context, StreamAdmission admission, JobReader jobs, JobStream stream)
    {
        if (!Guid.TryParse(jobId, out var id))
        {
            return Invalid(nameof(jobId), "Expected the id of a job.");
        }

        EventId? position = null;
        if (!string.IsNullOrEmpty(last))
        {
            if (!EventId.TryParse(last, out var parsed))
            {
                return Invalid("lastEventId", "Expected the id of an event of this stream.");
            }

            position = parsed;
        }

        if (await jobs.FindAsync(id, context.RequestAborted) is not { } status || !caller.MayFollow(id, status.Owner))
        {
            return TypedResults.NotFound();
        }

        if (status.IsFinal && position == new EventId(status.Seq))
        {
            // The client has the end: 204 tells EventSource not to come back.
            return TypedResults.NoContent();
        }

        using var place = admission.TryEnter(caller.Name, context, out var refusal);
        if (place is null)
        {
            return refusal!;
        }

        await stream.WriteAsync(id, position, caller.Token?.ExpiresAt, context);
        return TypedResults.Empty;
    }

    // A token decides alone, though its bearer may have signed in as well: a link shows everybody the same.
    private static async Task<StreamCaller?> IdentifyAsync(
        string? token, HttpContext context, IAuthorizationService authorization, EventTokens tokens)
    {
        if (token is not null)
        {
            return tokens.Read(token) is { } read ? new($"token {read.JobId}", read, context.User) : null;
        }

        var may = await authorization.AuthorizeAsync(context.User, SignInExtensions.Reader);
        return may.Succeeded ? new(context.User.Id is { } name ? $"user {name}" : $"anonymous {context.Connection.RemoteIpAddress}", null, context.User) : null;
    }

    private static ValidationProblem Invalid(string field, string expected) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [expected] });
}
