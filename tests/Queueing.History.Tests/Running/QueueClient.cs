using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Queueing.History.Tests.Running;

/// <summary>A host that enqueues and steers jobs but runs none: what the producers and the operator call.</summary>
internal sealed class QueueClient : IAsyncDisposable
{
    private readonly IHost host;

    private QueueClient(IHost host) => this.host = host;

    public JobQueue Queue => Get<JobQueue>();

    public JobControl Control => Get<JobControl>();

    public JobReader Reader => Get<JobReader>();

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<QueueClient> StartAsync(string connectionString, string redis)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis + ",abortConnect=false");
        var client = Build(connectionString, builder => builder.Services.AddSingleton<IConnectionMultiplexer>(_ => connection));
        await client.host.StartAsync();
        return client;
    }

    public static async Task MigrateAsync(string connectionString)
    {
        await using var client = Build(connectionString, _ => { });
        await client.Get<SchemaMigrator>().MigrateAsync(CancellationToken.None);
    }

    private static QueueClient Build(string connectionString, Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = connectionString;
        builder.AddHistoryJobs();
        configure(builder);
        return new(builder.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
