using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Persona;

/// <summary>Kinds of learners.</summary>
public static class PersonaEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "classify-persona". Needs the queue; a worker needs a chat model too.</summary>
        public void AddPersonas() => builder.AddJob<ClassifyPersona, PersonaClassifier>("classify-persona", options =>
        {
            options.Queue = "assistants";
            options.Timeout = TimeSpan.FromMinutes(1);
        });
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/persona/classify</c>.</summary>
        public RouteHandlerBuilder MapPersonas() => routes.MapPost("/api/persona/classify", ClassifyAsync).WithTags("Personas");
    }

    private static Task<JobAnswer> ClassifyAsync(ClassifyPersona args, EnqueueRequest request) => request.AcceptAsync(args);
}
