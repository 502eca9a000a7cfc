using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Providers.Guard.Calls;
using Providers.Guard.Spending;
using Queueing;
using StackExchange.Redis;

namespace Providers;

/// <summary>Adds the guard's fleet-wide parts to a host.</summary>
public static class GuardExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="Throttles"/> and <see cref="Breakers"/>, which keep in step through the host's <see cref="IConnectionMultiplexer"/>, if it has one.</summary>
        /// <remarks>The fleet is as large as there are workers of the queue, unless the host registers a <see cref="FleetSize"/> of its own.</remarks>
        public void AddProviderGuard()
        {
            var services = builder.Services;
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<FleetSize>(provider => provider.GetService<LiveWorkers>() is { } workers ? () => workers.Count : () => 1);
            services.TryAddSingleton(provider => new ProviderGuards(
                provider.GetRequiredService<IOptionsMonitor<GuardOptions>>(),
                provider.GetRequiredService<Throttles>(),
                provider.GetRequiredService<Breakers>(),
                provider.GetService<Spendings>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ProviderGuards>>()));
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

        /// <summary>Binds a provider's <see cref="GuardOptions"/>, by its name.</summary>
        internal void AddGuardOptions(string provider)
        {
            var section = $"{GuardOptions.SectionName}:{provider}";
            builder.Services.AddOptions<GuardOptions>(provider)
                .BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true)
                .Configure<IConfiguration>((options, configuration) => SetFallbacks(options, configuration, $"{provider.ToUpperInvariant().Replace('-', '_')}_"))
                .ValidateOnStart();
            builder.Services.TryAddSingleton<IValidateOptions<GuardOptions>, GuardOptionsValidator>();
        }
    }

    private static void SetFallbacks(GuardOptions options, IConfiguration configuration, string prefix)
    {
        options.Throttle.RequestsPerMinute ??= configuration.GetValue<int?>($"{prefix}RATE_LIMIT_RPM");
        options.Throttle.TokensPerMinute ??= configuration.GetValue<long?>($"{prefix}RATE_LIMIT_TPM");
        options.Throttle.MaxConcurrent ??= configuration.GetValue<int?>($"{prefix}MAX_CONCURRENT");
        foreach (var breaker in options.Models.Values.Select(model => model.Breaker).Prepend(options.Breaker))
        {
            breaker.IsFailure = CallFaults.IsUnwell;
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
