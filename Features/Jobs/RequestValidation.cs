using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Features.Jobs;

/// <summary>The validation of the features' requests.</summary>
public static class RequestValidation
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Judges requests by the attributes on their records before an endpoint sees them.</summary>
        // The rules are generated into the assembly that calls AddValidation, for the types of its own endpoints.
        public void AddRequestValidation() => builder.Services.AddValidation();
    }
}
