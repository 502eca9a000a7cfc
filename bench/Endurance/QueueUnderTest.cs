using Embedded.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing;

namespace Bench.Endurance;

/// <summary>The queue with one worker, in this process, on a database of its own.</summary>
internal sealed class QueueUnderTest : IAsyncDisposable
{
    private readonly IHost host;

    private QueueUnderTest(IHost host) => this.host = host;

    public Arrivals Arrivals => host.Services.GetRequiredService<Arrivals>();

    public JobQueue Queue => host.Services.GetRequiredService<JobQueue>();

    public JobReader Reader => host.Services.GetRequiredService<JobReader>();

    public JobControl Control => host.Services.GetRequiredService<JobControl>();

    public NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<QueueUnderTest> StartAsync(PostgresServer postgres, string database)
    {
        await postgres.CreateDatabaseAsync(database);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = postgres.ConnectionString(database);
        builder.Configuration[$"{JobWorkerOptions.SectionName}:{nameof(JobWorkerOptions.Concurrency)}"] = "16";
        builder.Services.AddSingleton<Arrivals>();
        builder.AddJobQueue("jobs");
        builder.AddJob<Noop, NoopHandler>("noop");
        builder.AddJobWorker();
        var host = builder.Build();
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await host.StartAsync();
        return new(host);
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 1800;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
