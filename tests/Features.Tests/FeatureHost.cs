using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing;

[assembly: AssemblyFixture(typeof(Features.Tests.FeatureHost))]

namespace Features.Tests;

/// <summary>A worker with every feature and the local provider, on a database of its own; and others like it, with other settings.</summary>
public sealed class FeatureHost : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private FeatureWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await TestPostgres.StartAsync();
        worker = await StartWorkerAsync([]);
    }

    /// <returns>How the job ended.</returns>
    public async Task<JobStatus> RunAsync<TArgs>(TArgs args)
        where TArgs : class
        => await worker.EndOfAsync(await worker.EnqueueAsync(args));

    /// <summary>Another worker, on a database of its own.</summary>
    internal async Task<FeatureWorker> StartWorkerAsync(Dictionary<string, string?> settings) =>
        await FeatureWorker.StartAsync(await postgres.CreateDatabaseAsync(), settings);

    internal Task<string> CreateDatabaseAsync() => postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
