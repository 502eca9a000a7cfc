using Features.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Validation;
using Queueing;

#pragma warning disable ASP0029 // The validation API is experimental in .NET 10; it is what AddValidation() itself calls.

namespace Features.Jobs;

/// <summary>What a host needs in which clients create jobs.</summary>
public static class JobRequestExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Judges requests by the attributes on their records before an endpoint sees them, understands what
        /// <see cref="EnqueueRequest"/> reads, and answers the queue's refusals. Needs the queue and
        /// <see cref="Webhooks.WebhookEndpoints.AddWebhooks"/>.
        /// </summary>
        public void AddJobRequests()
        {
            builder.AddJobEventHub();
            builder.Services.AddSingleton(provider => new JobReceipts(provider.GetService<EventsQuery>()));

            // The rules are generated into the assembly that calls AddValidation, for the types of its own endpoints.
            builder.Services.AddValidation();
            builder.Services.AddOptions<ValidationOptions>()
                .Configure<JobTypes>((options, types) => options.Resolvers.Add(new PayloadRules(types)));
            builder.Services.AddExceptionHandler<RefusalHandler>();
            builder.Services.AddExceptionHandler<StorageAwayHandler>();
        }
    }
}
