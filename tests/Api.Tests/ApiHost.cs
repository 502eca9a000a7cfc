using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;
using StackExchange.Redis;

namespace Api.Tests;

/// <summary>The API on real servers, in this process, with the job types of <see cref="Echo"/>; and a worker, once a test starts one.</summary>
internal sealed class ApiHost : WebApplicationFactory<Program>
{
    private readonly string database;
    private readonly string redis;
    private readonly string environment;
    private readonly Dictionary<string, string> settings;
    private IHost? worker;

    private ApiHost(string database, string redis, string environment, Dictionary<string, string> settings)
    {
        (this.database, this.redis, this.environment, this.settings) = (database, redis, environment, settings);
        UseKestrel();
    }

    public Echo.Gate Gate => worker!.Services.GetRequiredService<Echo.Gate>();

    public JobReader Jobs => Services.GetRequiredService<JobReader>();

    public static async Task<ApiHost> CreateAsync(
        string database, string redis, string environment = "Development", Dictionary<string, string>? settings = null)
    {
        var host = new ApiHost(database, redis, environment, settings ?? []);
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public HttpClient ClientOf(string? user, string? role = null)
    {
        var client = CreateClient();
        if (user is not null)
        {
            client.DefaultRequestHeaders.Add("user-id", user);
        }

        if (role is not null)
        {
            client.DefaultRequestHeaders.Add("user-role", role);
        }

        return client;
    }

    /// <summary>A client that signs in with a token.</summary>
    public HttpClient BearerOf(string token)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Starts a worker beside the API.</summary>
    public async Task StartWorkerAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration["JobWorker:PollInterval"] = "00:00:00.020";
        builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis + ",abortConnect=false"));
        builder.AddJobQueue("jobs");
        builder.AddJobWorker();
        Echo.AddTo(builder);
        worker = builder.Build();
        await worker.StartAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (worker is not null)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder
            .UseEnvironment(environment)
            .UseUrls("http://127.0.0.1:0") // The factory's own port is set too late where the host starts quickly.
            .UseSetting("ConnectionStrings:jobs", database)
            .UseSetting("ConnectionStrings:redis", redis)
            .UseSetting("services:notifications:http:0", "http://127.0.0.1:1") // Nobody listens there.
            .UseSetting("Logging:LogLevel:Default", "Critical");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        // The factory shows no host builder, which job types are added to.
        var types = Host.CreateEmptyApplicationBuilder(null);
        var before = types.Services.ToHashSet();
        Echo.AddTo(types);
        builder.ConfigureServices(services =>
        {
            foreach (var service in types.Services.Where(service => !before.Contains(service)))
            {
                services.Add(service);
            }
        });
    }
}
