using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using Features.Courses;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Profiles;

/// <summary>What is known of a learner: all of it in one request, or in its parts.</summary>
public static class ProfileEndpoints
{
    private const int LongestId = 200; // Characters, as of whoever signs in.
    private const string Json = "application/json; charset=utf-8";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the tables' triggers. Needs the queue.</summary>
        public void AddProfileTables()
        {
            builder.AddCourses();
            builder.AddSchemaPart("profiles", typeof(ProfileEndpoints).Assembly);
        }

        /// <summary>Adds profiles to a host that maps them.</summary>
        public void AddProfiles()
        {
            builder.AddProfileTables();
            builder.Services.AddHybridCache();
            builder.Services.AddSingleton<ProfileReader>();
            builder.Services.AddSingleton<ProfileCache>();
            builder.Services.AddSingleton<ProfileChanges>();
            builder.Services.AddHostedService(services => services.GetRequiredService<ProfileChanges>());
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/profile/{userId}</c> and its parts.</summary>
        public void MapProfiles()
        {
            var profiles = routes.MapGroup("/api").WithTags("Profiles").AddEndpointFilter(OwnOnlyAsync);
            profiles.MapGet("/profile/{userId}", GetProfileAsync).Produces<ProfileAnswer>();
            profiles.MapGet("/manifest/{userId}", GetManifestAsync).Produces<Manifest>();
            profiles.MapGet("/user/{userId}", GetUserAsync);
            profiles.MapPut("/user/{userId}", PutUserAsync);
            profiles.MapGet("/lessons/{userId}", GetLessonsAsync);
            profiles.MapGet("/lessons/{userId}/{jobId:guid}", GetLessonAsync);
            profiles.MapGet("/progress/{userId}", GetProgressAsync);
            profiles.MapPut("/progress/{userId}/{topicId:guid}", PutProgressAsync);
        }
    }

    // Somebody else's doesn't exist for the caller.
    private static async ValueTask<object?> OwnOnlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var caller = context.HttpContext.User;
        var userId = context.HttpContext.GetRouteValue("userId") as string;
        return userId is { Length: <= LongestId } && PlainTextAttribute.IsPlain(userId) && caller.MaySee(userId)
            ? await next(context)
            : TypedResults.NotFound();
    }

    private static async Task GetProfileAsync(string userId, ProfileCache profiles, HttpContext context)
    {
        var (json, cached) = await profiles.ReadProfileAsync(userId, context.RequestAborted);
        var end = cached ? ",\"cached\":true}"u8 : ",\"cached\":false}"u8;
        var begin = "{\"profile\":"u8;
        var body = new byte[begin.Length + json.Length + end.Length];
        begin.CopyTo(body);
        json.CopyTo(body, begin.Length);
        end.CopyTo(body.AsSpan(begin.Length + json.Length));
        await WriteAsync(context, body);
    }

    private static async Task GetManifestAsync(string userId, ProfileCache profiles, HttpContext context) =>
        await WriteAsync(context, (await profiles.ReadManifestAsync(userId, context.RequestAborted)).Json);

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = Json;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "private, no-cache";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<Ok<ProfileUser>> GetUserAsync(string userId, ProfileReader profiles, CancellationToken cancellationToken) =>
        TypedResults.Ok(await profiles.ReadUserAsync(userId, cancellationToken));

    private static async Task<Ok<ProfileUser>> PutUserAsync(
        string userId, UserChange change, ProfileReader profiles, ProfileChanges changes, CancellationToken cancellationToken)
    {
        await profiles.SaveUserAsync(userId, change.Name, cancellationToken);
        changes.Changed(userId);
        return TypedResults.Ok(await profiles.ReadUserAsync(userId, cancellationToken));
    }

    private static async Task<Ok<List<ProfileLesson>>> GetLessonsAsync(string userId, ProfileReader profiles, CancellationToken cancellationToken) =>
        TypedResults.Ok(await profiles.ReadLessonsAsync(userId, cancellationToken));

    private static async Task<Results<Ok<JsonElement>, NotFound>> GetLessonAsync(
        string userId, Guid jobId, ProfileReader profiles, CancellationToken cancellationToken) =>
        await profiles.FindLessonAsync(userId, jobId, cancellationToken) is { } lesson ? TypedResults.Ok(lesson) : TypedResults.NotFound();

    private static async Task<Ok<List<CourseProgress>>> GetProgressAsync(string userId, ProfileReader profiles, CancellationToken cancellationToken) =>
        TypedResults.Ok(await profiles.ReadProgressAsync(userId, cancellationToken));

    private static async Task<Results<Ok<List<CourseProgress>>, NotFound>> PutProgressAsync(
        string userId, Guid topicId, ProgressChange change, ProfileReader profiles, ProfileChanges changes, CancellationToken cancellationToken)
    {
        if (!await profiles.TrySaveProgressAsync(userId, topicId, change.Percent!.Value, cancellationToken)) // Required.
        {
            return TypedResults.NotFound();
        }

        changes.Changed(userId);
        return TypedResults.Ok(await profiles.ReadProgressAsync(userId, cancellationToken));
    }
}

/// <summary>What a learner says of themselves.</summary>
/// <param name="Name">What they are called.</param>
public sealed record UserChange([Required, StringLength(200), PlainText] string Name);

/// <summary>How far a learner is.</summary>
/// <param name="Percent">0 to 100.</param>
public sealed record ProgressChange([Required, Range(0, 100)] int? Percent);
