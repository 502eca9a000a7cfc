using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Queueing;

namespace Api.Tests;

/// <summary>The API on real servers, in this process.</summary>
internal sealed class ApiHost : WebApplicationFactory<Program>
{
    private readonly string database;
    private readonly string redis;
    private readonly string environment;

    private ApiHost(string database, string redis, string environment)
    {
        (this.database, this.redis, this.environment) = (database, redis, environment);
        UseKestrel();
    }

    public static async Task<ApiHost> CreateAsync(string database, string redis, string environment = "Development")
    {
        var host = new ApiHost(database, redis, environment);
        await host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public HttpClient ClientOf(string? user)
    {
        var client = CreateClient();
        if (user is not null)
        {
            client.DefaultRequestHeaders.Add("user-id", user);
        }

        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseEnvironment(environment)
        .UseUrls("http://127.0.0.1:0") // The factory's own port is set too late where the host starts quickly.
        .UseSetting("ConnectionStrings:jobs", database)
        .UseSetting("ConnectionStrings:redis", redis)
        .UseSetting("services:notifications:http:0", "http://127.0.0.1:1") // Nobody listens there.
        .UseSetting("Logging:LogLevel:Default", "Critical");
}
