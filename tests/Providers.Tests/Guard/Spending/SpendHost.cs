using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Providers.Guard.Spending;
using Queueing;

namespace Providers.Tests.Guard.Spending;

/// <summary>A worker with a budget, and a job that buys something.</summary>
internal sealed class SpendHost : IAsyncDisposable
{
    private readonly IHost host;

    private SpendHost(IHost host) => this.host = host;

    public Budget Budget => host.Services.GetRequiredService<Budget>();

    public SpendLedger Ledger => host.Services.GetRequiredService<SpendLedger>();

    public Spendings Spendings => host.Services.GetRequiredService<Spendings>();

    public BudgetWatch Watch => host.Services.GetRequiredService<BudgetWatch>();

    public Shop Shop => host.Services.GetRequiredService<Shop>();

    private NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A migrated database; nothing runs.</summary>
    public static async Task<SpendHost> CreateAsync(string database)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["Budget:WatchInterval"] = "00:00:00.020";
        builder.AddJobQueue("jobs");
        builder.AddBudget();
        builder.AddSpending();
        builder.AddJob<Purchase, Buyer>("purchase", options =>
        {
            options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1));
            options.Timeout = TimeSpan.FromSeconds(20);
        });
        builder.Services.AddSingleton<Shop>();
        builder.AddJobWorker();
        builder.Services.Configure<JobWorkerOptions>(options => options.PollInterval = TimeSpan.FromMilliseconds(20));
        var created = new SpendHost(builder.Build());
        await created.host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancellation);
        return created;
    }

    /// <summary>A worker that runs, and knows how the budget stands.</summary>
    public static async Task<SpendHost> StartAsync(string database, decimal? hard = null)
    {
        var started = await CreateAsync(database);
        if (hard is not null)
        {
            await started.Budget.SetAsync(BudgetScope.Fleet, null, hard, "test", Cancellation);
        }

        await started.host.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => started.Watch.Standing is not null);
        return started;
    }

    public async Task<Guid> EnqueueAsync(Purchase purchase, string owner = "somebody") =>
        (await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(purchase, owner, cancellationToken: Cancellation)).JobId;

    public async Task<JobStatus> StatusAsync(Guid jobId) => (await host.Services.GetRequiredService<JobReader>().FindAsync(jobId, Cancellation))!;

    public Task<JobStatus> EndOfAsync(Guid jobId) => Eventually.NotNullAsync(
        async () => await StatusAsync(jobId) is { IsFinal: true } ended ? ended : null, $"job {jobId} ends");

    /// <summary>What counts against the fleet's limit.</summary>
    public async Task<decimal> SpentAsync(string scope = BudgetScope.Fleet) =>
        (decimal)(await ScalarAsync($"select spent_on((now() at time zone 'UTC')::date, '{scope}')"))!;

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
