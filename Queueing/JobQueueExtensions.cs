using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Queueing.Enqueueing;
using Queueing.Events;
using Queueing.Maintenance;
using Queueing.Reuse;
using Queueing.Running;
using Queueing.Schedules;
using Queueing.Schema;
using Queueing.Store;
using StackExchange.Redis;

namespace Queueing;

/// <summary>Adds the queue to a host.</summary>
public static class JobQueueExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds <see cref="JobQueue"/>, <see cref="JobReader"/>, <see cref="JobControl"/>, <see cref="JobEventLog"/> and <see cref="SchemaMigrator"/>.</summary>
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
            services.TryAddSingleton(provider => new JobQueues(
                provider.GetRequiredService<JobTypes>(), provider.GetRequiredService<IOptionsMonitor<JobQueueOptions>>()));
            services.TryAddSingleton(provider => new JobWakeUp(provider.GetService<IConnectionMultiplexer>()));
            services.TryAddSingleton(provider => new JobEventLog(provider.GetService<IConnectionMultiplexer>()));
            services.TryAddSingleton<JobEvents>();
            services.TryAddSingleton<QueueHeads>();
            services.TryAddSingleton<EnqueueStore>();
            services.TryAddSingleton<QueueDepth>();
            services.TryAddSingleton<NewJobs>();
            services.TryAddSingleton<JobCommitter>();
            services.TryAddSingleton(provider => new JobQueue(
                provider.GetRequiredService<JobTypes>(), provider.GetRequiredService<NewJobs>(), provider.GetRequiredService<JobCommitter>()));
            services.TryAddSingleton(provider => new JobControl(
                provider.GetRequiredService<NpgsqlDataSource>(),
                provider.GetRequiredService<JobEvents>(),
                provider.GetRequiredService<JobWakeUp>(),
                provider.GetService<IConnectionMultiplexer>()));
            services.TryAddSingleton<JobReader>();
            services.TryAddScoped<CurrentJob>();
            services.TryAddSingleton(provider => new SchemaMigrator(
                provider.GetRequiredService<NpgsqlDataSource>(),
                provider.GetServices<SchemaPart>(),
                provider.GetRequiredService<ILogger<SchemaMigrator>>()));
            services.TryAddSingleton<IValidateOptions<JobQueueOptions>, JobQueueOptionsValidator>();
            services.TryAddSingleton<IPostConfigureOptions<JobQueueOptions>, JobQueueConfiguration>();
            AddLoop<SchemaGuard>(services);
            AddLoop<JobEventPublisher>(services);
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(JobTelemetry.Name));
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(JobTelemetry.Name));
        }

        /// <summary>Lets this process follow jobs: adds <see cref="JobEventHub"/> and <see cref="JobWaiter"/>. Needs <see cref="AddJobQueue"/>.</summary>
        public void AddJobEventHub()
        {
            AddLoop<JobEventHub>(builder.Services);
            builder.Services.TryAddSingleton<JobWaiter>();
        }

        /// <summary>Says what holds for a queue: limits, caps, retention. What the configuration says of it wins.</summary>
        /// <param name="queue">The name that job types give as their queue.</param>
        /// <param name="configure">Sets what is other than the default.</param>
        public void ConfigureJobQueue(string queue, Action<JobQueueOptions> configure)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(queue);
            builder.Services.Configure(queue, configure);
        }

        /// <summary>Enqueues a job at the times of a cron expression, each once in the whole fleet. The workers do it.</summary>
        /// <typeparam name="TArgs">The payload of a registered job type.</typeparam>
        /// <param name="name">The schedule's stable name.</param>
        /// <param name="cron">Five fields (minute, hour, day, month, weekday), or six with seconds first; as Cronos reads them.</param>
        /// <param name="args">Makes the payload for a tick.</param>
        /// <param name="timeZone">An IANA time zone; across a change of the clock no tick is lost or doubled.</param>
        /// <param name="owner">Whose jobs they are.</param>
        /// <param name="missed">What becomes of ticks that came while no worker ran.</param>
        public void AddJobSchedule<TArgs>(
            string name,
            string cron,
            Func<DateTimeOffset, TArgs> args,
            string timeZone = "UTC",
            string owner = "schedule",
            MissedTicks missed = MissedTicks.RunOnce)
            where TArgs : class
            => builder.Services.AddSingleton(new JobSchedule(name, cron, timeZone, typeof(TArgs), args, owner, missed));

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
            JobTypeSettings.Apply(builder.Configuration, name, options);
            builder.Services.AddSingleton(new JobType(name, typeof(TArgs), options, JobInvokers.For<TArgs, THandler>()));
        }

        /// <summary>
        /// Adds tables that a library keeps in the queue's database: they are migrated with the queue's, and no job is run
        /// before they are there.
        /// </summary>
        /// <param name="name">A stable name.</param>
        /// <param name="assembly">Where the files are: embedded as <c>Schema/{name}/0001_what.sql</c>, 0002 and so on, from the first, never changed once released.</param>
        public void AddSchemaPart(string name, Assembly assembly)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            var files = SchemaFile.ReadAll(assembly, $"Schema/{name}/");
            if (files is [])
            {
                throw new ArgumentException($"{assembly.GetName().Name} has no embedded file Schema/{name}/0001….", nameof(name));
            }

            builder.Services.AddSingleton(new SchemaPart(name, files));
        }

        /// <summary>
        /// Says how an attempt ends when an exception of a type comes out of its handler, so that what a handler calls can say it:
        /// wait, without an attempt counted, or fail for good. Without it, an exception is a failed attempt.
        /// </summary>
        /// <typeparam name="TException">The exception, or what it derives from; the first that was added counts.</typeparam>
        /// <param name="outcomeOf">Makes the outcome. Clients see its message: no secrets, no text of the payload.</param>
        public void AddJobException<TException>(Func<TException, JobOutcome> outcomeOf)
            where TException : Exception
            => builder.Services.AddSingleton(new JobException(typeof(TException), exception => outcomeOf((TException)exception)));

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
            services.AddOptions<JobRetentionOptions>()
                .BindConfiguration(JobRetentionOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<JobRetentionOptions>, JobRetentionOptionsValidator>();
            services.AddSingleton<QueueFloors>();
            services.AddSingleton<ClaimStore>();
            services.AddSingleton<AttemptStore>();
            services.AddSingleton<SessionStore>();
            services.AddSingleton<HeldAttempts>();
            services.AddSingleton<WakeUps>();
            services.AddSingleton<JobExceptions>();
            services.AddSingleton<ReuseStep>();
            services.AddSingleton<AttemptHandler>();
            services.AddSingleton<OutcomeWriter>();
            services.AddSingleton<AttemptRecorder>();
            services.AddSingleton<LiveWorkers>();
            services.AddSingleton<JobRunner>();
            services.AddSingleton<PumpServices>();
            services.AddSingleton<IMaintenanceTask, JobScheduler>();
            services.AddSingleton<IMaintenanceTask, JobExpirer>();
            services.AddSingleton<IMaintenanceTask, HotTableKeeper>();
            services.AddSingleton<IMaintenanceTask, CountFolder>();
            services.AddSingleton<IMaintenanceTask, PartitionKeeper>();
            services.AddSingleton<IMaintenanceTask, ReuseKeeper>();

            // Stopped in the reverse order: the pump first; then the session, when it runs nothing more.
            AddLoop<SessionKeeper>(services);
            AddLoop<JobRescuer>(services);
            AddLoop<DueJobPromoter>(services);
            AddLoop<Leader>(services);
            AddLoop<CancelWatcher>(services);
            AddLoop<WakeUpListener>(services);
            AddLoop<JobPump>(services);
        }
    }

    private static void AddLoop<TLoop>(IServiceCollection services)
        where TLoop : class, IHostedService
    {
        services.TryAddSingleton<TLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
    }
}
