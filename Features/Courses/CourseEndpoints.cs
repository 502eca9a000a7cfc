using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Courses;

/// <summary>What is taught: courses and their topics.</summary>
public static class CourseEndpoints
{
    private const string SchemaPart = "courses";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the catalogue and its tables. Needs the queue. May be called again.</summary>
        public void AddCourses()
        {
            if (builder.Services.Any(service => service.ServiceType == typeof(CourseCatalogue)))
            {
                return;
            }

            builder.Services.AddSingleton<CourseCatalogue>();
            builder.Services.AddSingleton<Suggestions>();
            builder.AddSchemaPart(SchemaPart, typeof(CourseEndpoints).Assembly);
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/courses</c> and <c>GET /api/courses/{courseId}</c>, which are for everybody.</summary>
        public void MapCourses()
        {
            var courses = routes.MapGroup("/api/courses").WithTags("Courses");
            courses.MapGet("", ListAsync);
            courses.MapGet("/{courseId:guid}", GetAsync);
        }
    }

    private static async Task<Ok<IReadOnlyList<Course>>> ListAsync(CourseCatalogue catalogue, CancellationToken cancellationToken) =>
        TypedResults.Ok(await catalogue.ListAsync(cancellationToken));

    private static async Task<Results<Ok<Course>, NotFound>> GetAsync(Guid courseId, CourseCatalogue catalogue, CancellationToken cancellationToken) =>
        await catalogue.FindAsync(courseId, cancellationToken) is { } course ? TypedResults.Ok(course) : TypedResults.NotFound();
}

/// <summary>A course.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it teaches, in a few sentences.</param>
/// <param name="Level">"beginner", "intermediate" or "advanced".</param>
/// <param name="Hours">How long it takes.</param>
/// <param name="Topics">What it is made of, in the order in which it is taught.</param>
public sealed record Course(Guid Id, string Title, string Summary, string Level, int Hours, IReadOnlyList<Topic> Topics);

/// <summary>A part of a course.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ModuleNo">The module that it is in, from 1.</param>
/// <param name="Title">Its title.</param>
/// <param name="Summary">What it is about, in a sentence.</param>
public sealed record Topic(Guid Id, int ModuleNo, string Title, string Summary);
