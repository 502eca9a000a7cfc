using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AspireJobs.Client;

/// <summary>Adds the client to an application.</summary>
public static class JobClientExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds <see cref="JobClient"/>, which a service of any lifetime may take.</summary>
        /// <param name="baseAddress">Where the API is; with service discovery "https+http://api" for instance.</param>
        /// <param name="configure">Sets what is other than the default.</param>
        /// <returns>The HTTP client's builder, for handlers that sign in, for service discovery, for resilience.</returns>
        public IHttpClientBuilder AddJobClient(Uri baseAddress, Action<JobClientOptions>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(baseAddress);
            services.AddOptions<JobClientOptions>().Configure(options => configure?.Invoke(options));
            return services
                .AddHttpClient(nameof(JobClient), http => http.BaseAddress = baseAddress)
                // A client lives as long as the service that holds it, so connections are renewed in place of handlers.
                .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2))
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .AddTypedClient((http, provider) => new JobClient(
                    http,
                    provider.GetRequiredService<IOptions<JobClientOptions>>().Value,
                    provider.GetService<TimeProvider>(),
                    provider.GetService<ILogger<JobClient>>()));
        }
    }
}
