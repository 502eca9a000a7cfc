using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Tutor;

/// <summary>Help for students.</summary>
public static class TutorEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "tutor-copilot". Needs the queue; a worker needs a chat model too.</summary>
        public void AddTutor() => builder.AddJob<AskTutor, TutorCopilot>("tutor-copilot", options =>
        {
            options.Queue = "assistants";
            options.Timeout = TimeSpan.FromMinutes(1);
        });
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/tutor/copilot</c>.</summary>
        public RouteHandlerBuilder MapTutor() => routes.MapPost("/api/tutor/copilot", AskAsync).WithTags("Tutor");
    }

    private static Task<JobAnswer> AskAsync(AskTutor args, EnqueueRequest request) => request.AcceptAsync(args);
}
