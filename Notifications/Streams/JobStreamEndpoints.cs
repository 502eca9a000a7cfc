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

    extension(IApplicationBuilder app)
    {
        /// <summary>Lets streams go on. Call it first: what comes before it is held for as long as a stream lasts, what comes after it only until it has begun.</summary>
        public void UseJobStreams() => app.UseMiddleware<StreamMiddleware>();
    }

    private static async Task<IResult> FollowAsync(
        string? jobId,
        string? lastEventId,
        string? token,
        HttpContext context,
        IAuthorizationService authorization,
        EventTokens tokens,
        StreamAdmission admission,
        JobStream jobStream,
        CallerStream callerStream)
    {
        if (await IdentifyAsync(token, context, authorization, tokens) is not { } caller)
        {
            return token is null
                ? TypedResults.Challenge()
                : TypedResults.Problem("The token is not valid, or has expired.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var last = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? lastEventId;
        return jobId is null && caller.Token is null
            ? await FollowAllAsync(string.IsNullOrEmpty(last) ? null : last, caller, context, admission, callerStream)
            : await FollowOneAsync(jobId ?? caller.Token?.JobId.ToString(), last, caller, context, admission, jobStream);
    }

    private static async Task<IResult> FollowAllAsync(
        string? last, StreamCaller caller, HttpContext context, StreamAdmission admission, CallerStream stream)
    {
        if (admission.TryOpen(caller.Name, caller.ExpiresAt, context, out var refusal) is not { } open)
        {
            return refusal!;
        }

        await stream.BeginAsync(open, caller.Principal.MayReadAll ? null : caller.Principal.Id, last, context.RequestAborted);
        return TypedResults.Empty;
    }

    private static async Task<IResult> FollowOneAsync(
        string? jobId, string? last, StreamCaller caller, HttpContext context, StreamAdmission admission, JobStream stream)
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

        if (admission.TryOpen(caller.Name, caller.ExpiresAt, context, out var refusal) is not { } open)
        {
            return refusal!;
        }

        return await stream.BeginAsync(open, id, position, owner => caller.MayFollow(id, owner), context.RequestAborted);
    }

    // A token decides alone, though its bearer may have signed in as well: a link shows everybody the same.
    private static async Task<StreamCaller?> IdentifyAsync(
        string? token, HttpContext context, IAuthorizationService authorization, EventTokens tokens)
    {
        if (token is not null)
        {
            return tokens.Read(token) is { } read ? new($"token {read.JobId}", read, context.User) : null;
        }

        var may = await authorization.AuthorizeAsync(context.User, context, SignInExtensions.Reader);
        return may.Succeeded ? new(context.User.Id is { } name ? $"user {name}" : $"anonymous {context.Connection.RemoteIpAddress}", null, context.User) : null;
    }

    private static ValidationProblem Invalid(string field, string expected) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [expected] });
}
