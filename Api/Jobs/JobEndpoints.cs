using ServiceDefaults;

namespace Api.Jobs;

/// <summary>The uniform job API: what holds for jobs of every type.</summary>
internal static class JobEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        public void AddJobEndpoints() => builder.Services.AddSingleton<PayloadReader>();
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps everything under <c>/api/jobs</c>, <c>/api/job-status</c>, and <c>/queue/{queueName}/jobs</c>.</summary>
        public void MapJobs()
        {
            var jobs = routes.MapGroup("/api").WithTags("Jobs");

            var reading = jobs.MapGroup("").RequireAuthorization(SignInExtensions.Reader);
            reading.MapGet("/job-status/{jobId:guid}", JobReading.GetAsync);
            reading.MapGet("/jobs/{jobId:guid}", JobReading.GetAsync);
            reading.MapGet("/jobs", JobListing.ListAsync);

            // The payload is judged by its reader: nothing is left for a filter to do.
            var creating = jobs.MapGroup("/jobs/{type}").RequireAuthorization(SignInExtensions.NamedCaller).DisableValidation();
            creating.MapPost("", JobCreation.CreateAsync);
            creating.MapPost("/batch", JobCreation.CreateAllAsync);

            jobs.MapDelete("/jobs/{jobId:guid}", JobSteering.CancelAsync).RequireAuthorization(SignInExtensions.NamedCaller);
            jobs.MapPost("/jobs/{jobId:guid}/retry", JobSteering.RetryAsync).RequireAuthorization(SignInExtensions.Administrator);

            var byQueue = routes.MapGroup("/queue/{queueName}/jobs/{jobId:guid}").WithTags("Jobs");
            byQueue.MapGet("", QueueJobs.GetAsync).RequireAuthorization(SignInExtensions.Reader);
            byQueue.MapDelete("", QueueJobs.CancelAsync).RequireAuthorization(SignInExtensions.NamedCaller);
        }
    }
}
