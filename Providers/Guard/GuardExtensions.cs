using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Providers.Guard.Breaking;
using Providers.Guard.Throttling;
using StackExchange.Redis;

namespace Providers;

/// <summary>Adds the guard's fleet-wide parts to a host.</summary>
public static class GuardExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="Throttles"/> and <see cref="Breakers"/>, which keep in step through the host's <see cref="IConnectionMultiplexer"/>, if it has one.</summary>
        /// <remarks>A host whose work is shared registers a <see cref="FleetSize"/>; without one it takes itself to be alone.</remarks>
        public void AddProviderGuard()
        {
            var services = builder.Services;
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<FleetSize>(() => 1);
            services.TryAddSingleton<IValidateOptions<ThrottleOptions>, ThrottleOptionsValidator>();
            services.TryAddSingleton<IValidateOptions<BreakerOptions>, BreakerOptionsValidator>();
            AddLoop(services, provider => new Throttles(
                provider.GetService<IConnectionMultiplexer>(),
                provider.GetRequiredService<FleetSize>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Throttles>>()));
            AddLoop(services, provider => new Breakers(
                provider.GetService<IConnectionMultiplexer>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Breakers>>()));
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(GuardTelemetry.Name));
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(GuardTelemetry.Name));
        }
    }

    private static void AddLoop<TLoop>(IServiceCollection services, Func<IServiceProvider, TLoop> create)
        where TLoop : class, IHostedService
    {
        if (services.All(service => service.ServiceType != typeof(TLoop)))
        {
            services.AddSingleton(create);
            services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
        }
    }
}
