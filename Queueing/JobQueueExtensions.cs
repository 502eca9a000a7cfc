using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Queueing.Events;
using Queueing.Running;
using Queueing.Store;
using StackExchange.Redis;

namespace Queueing;

/// <summary>Adds the queue to a host.</summary>
public static class JobQueueExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="JobQueue"/>, <see cref="JobReader"/>, <see cref="JobEventLog"/> and <see cref="SchemaMigrator"/>.</summary>
        /// <remarks>
        /// Uses the <see cref="NpgsqlDataSource"/> that the host registered, else makes one from the connection string
        /// <paramref name="connectionName"/>; and the host's <see cref="IConnectionMultiplexer"/>, if it has one.
        /// </remarks>
        /// <param name="connectionName">The connection string of the database that keeps the jobs.</param>
        public void AddJobQueue(string connectionName)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
            var services = builder.Services;
            services.TryAddSingleton(provider => NpgsqlDataSource.Create(
                provider.GetRequiredService<IConfiguration>().GetConnectionString(connectionName)
                ?? throw new InvalidOperationException($"The connection string '{connectionName}' is missing (ConnectionStrings:{connectionName}).")));
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton(provider => new JobTypes(provider.GetServices<JobType>()));
            services.TryAddSingleton<JobStore>();
            services.TryAddSingleton(provider => new JobWakeUp(provider.GetService<IConnectionMultiplexer>()));
            services.TryAddSingleton(provider => new JobEventLog(provider.GetService<IConnectionMultiplexer>()));
            services.TryAddSingleton(provider => new JobQueue(
                provider.GetRequiredService<JobStore>(), provider.GetRequiredService<JobTypes>(), provider.GetRequiredService<JobWakeUp>()));
            services.TryAddSingleton<JobReader>();
            services.TryAddSingleton<SchemaMigrator>();
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(JobTelemetry.Name));
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(JobTelemetry.Name));
        }

        /// <summary>Adds a type of job and its handler. A process that only enqueues adds it too: it gives the job its name and queue.</summary>
        /// <typeparam name="TArgs">The payload.</typeparam>
        /// <typeparam name="THandler">Does the work; made anew for each attempt from a service scope of its own, which ends with it. Only a
        /// worker makes it, so a process that enqueues needs nothing of what it needs.</typeparam>
        /// <param name="name">The type's stable name, stored with every job.</param>
        /// <param name="configure">Queue, attempts, timeout and backoff.</param>
        public void AddJob<TArgs, THandler>(string name, Action<JobTypeOptions>? configure = null)
            where TArgs : class
            where THandler : class, IJobHandler<TArgs>
        {
            var options = new JobTypeOptions();
            configure?.Invoke(options);
            builder.Services.AddSingleton(new JobType(name, typeof(TArgs), options, JobInvokers.For<TArgs, THandler>()));
        }

        /// <summary>Runs jobs in this process, with the settings of <see cref="JobWorkerOptions"/>. Needs <see cref="AddJobQueue"/>.</summary>
        public void AddJobWorker()
        {
            var services = builder.Services;
            services.AddOptions<JobWorkerOptions>()
                .BindConfiguration(JobWorkerOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .Validate(
                    options => options.Lease >= 3 * options.Heartbeat,
                    $"{JobWorkerOptions.SectionName}:{nameof(JobWorkerOptions.Lease)} must be at least three times {JobWorkerOptions.SectionName}:{nameof(JobWorkerOptions.Heartbeat)}.")
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<JobWorkerOptions>, JobWorkerOptionsValidator>();
            services.AddSingleton<SessionStore>();
            services.AddSingleton<JobEvents>();
            services.AddSingleton<AttemptHandler>();
            services.AddSingleton<AttemptRecorder>();
            services.AddSingleton<JobRunner>();

            // Stopped in the reverse order: the pump first; then the session, when it runs nothing more; the events last.
            AddLoop<JobEventPublisher>(services);
            AddLoop<SessionKeeper>(services);
            AddLoop<JobRescuer>(services);
            AddLoop<WakeUpListener>(services);
            AddLoop<JobPump>(services);
        }
    }

    private static void AddLoop<TLoop>(IServiceCollection services)
        where TLoop : class, IHostedService
    {
        services.AddSingleton<TLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
    }
}
