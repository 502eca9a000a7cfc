using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace ServiceDefaults;

/// <summary>What every service of the system has: telemetry, health, service discovery and HTTP resilience.</summary>
public static class ServiceDefaultsExtensions
{
    private const string LiveTag = "live";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds what every service has. Call it first.</summary>
        public void AddServiceDefaults()
        {
            builder.AddTelemetry();
            builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
            builder.Services.AddServiceDiscovery();
            builder.Services.ConfigureHttpClientDefaults(http =>
            {
                // A POST that was answered by nobody may have been carried out: only safe methods are repeated.
                http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
                http.AddServiceDiscovery();
            });
        }
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// <c>/health</c>: whether the service can do its work (200, or 503 with the reason of each failing check);
        /// <c>/alive</c>: whether the process answers at all, which a restart could mend.
        /// </summary>
        public void MapDefaultEndpoints()
        {
            app.MapHealthChecks("/health", new() { ResponseWriter = HealthReportWriter.WriteAsync }).DisableRateLimiting();
            app.MapHealthChecks("/alive", new()
            {
                Predicate = check => check.Tags.Contains(LiveTag),
                ResponseWriter = HealthReportWriter.WriteAsync,
            }).DisableRateLimiting();
        }
    }
}
