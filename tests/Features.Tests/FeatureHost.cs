using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

[assembly: AssemblyFixture(typeof(Features.Tests.FeatureHost))]

namespace Features.Tests;

/// <summary>A worker with every feature and the local provider, on a database of its own.</summary>
public sealed class FeatureHost : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private IHost host = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await TestPostgres.StartAsync();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = await postgres.CreateDatabaseAsync();
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.AddJobQueue("jobs");
        builder.AddJobWorker();
        Providers.ProvidersExtensions.AddLocalChatClient(builder);
        Flashcards.FlashcardEndpoints.AddFlashcards(builder);
        host = builder.Build();
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await host.StartAsync();
    }

    /// <returns>How the job ended.</returns>
    public async Task<JobStatus> RunAsync<TArgs>(TArgs args)
        where TArgs : class
    {
        var (jobId, _) = await host.Services.GetRequiredService<JobQueue>()
            .EnqueueAsync(args, "test", cancellationToken: TestContext.Current.CancellationToken);
        var jobs = host.Services.GetRequiredService<JobReader>();
        return await Eventually.NotNullAsync(async () =>
            await jobs.FindAsync(jobId, TestContext.Current.CancellationToken) is { IsFinal: true } status ? status : null);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await postgres.DisposeAsync();
    }
}
