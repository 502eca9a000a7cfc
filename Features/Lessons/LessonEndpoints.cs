using Features.Courses;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Lessons;

/// <summary>Lessons from a text.</summary>
public static class LessonEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "generate-lesson". Needs the queue; a worker needs a chat model too.</summary>
        public void AddLessons()
        {
            builder.AddCourses();
            builder.AddJob<GenerateLesson, LessonGenerator>("generate-lesson", options =>
            {
                options.Queue = "lesson-generation";
                options.MaxAttempts = 3;
                options.Timeout = TimeSpan.FromMinutes(2);
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/ai/generate-lesson</c>.</summary>
        public RouteHandlerBuilder MapLessons() => routes.MapPost("/api/ai/generate-lesson", GenerateAsync).WithTags("Lessons");
    }

    private static Task<JobAnswer> GenerateAsync(GenerateLesson args, EnqueueRequest request) => request.AcceptAsync(args);
}
