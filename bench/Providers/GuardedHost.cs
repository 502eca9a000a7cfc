using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers;
using Queueing;
using StackExchange.Redis;
using TestServers;

namespace Bench.Providers;

/// <summary>A host whose chats go through the guard.</summary>
internal sealed class GuardedHost : IAsyncDisposable
{
    public const string Model = "large";

    private readonly IHost host;

    private GuardedHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public static async Task<GuardedHost> StartAsync(string database, TestRedis redis, string simulator, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:jobs"] = database,
            ["Chat:Chain:0"] = "openai",
            ["OPENAI_BASE_URL"] = $"{simulator}/v1",
            ["OPENAI_MODEL"] = Model,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString));
        builder.AddJobQueue("jobs");
        builder.AddBudget();
        builder.AddSpending();
        builder.AddChat();
        builder.AddJob<Calls, Caller>("calls", options => options.Timeout = TimeSpan.FromHours(1));
        builder.AddJobWorker();
        builder.Services.AddSingleton<Caller.Result>();
        var started = new GuardedHost(builder.Build());
        await started.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        await started.host.StartAsync();
        return started;
    }

    public Task SetBudgetAsync(decimal? hard) => Services.GetRequiredService<Budget>().SetAsync(BudgetScope.Fleet, null, hard, "bench");

    /// <returns>The median of so many calls that a job makes, in milliseconds.</returns>
    public async Task<double> MedianAsync(int calls)
    {
        var result = Services.GetRequiredService<Caller.Result>();
        result.Median = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Services.GetRequiredService<JobQueue>().EnqueueAsync(new Calls(calls), "bench");
        return await result.Median.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
