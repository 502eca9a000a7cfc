using Npgsql;

[assembly: AssemblyFixture(typeof(AppHost.Tests.Topology))]

namespace AppHost.Tests;

/// <summary>The whole system, started once through the testing builder.</summary>
public sealed class Topology : IAsyncLifetime
{
    private DistributedApplication app = null!;

    public TraceCollector Traces { get; } = new();

    public HttpClient Api { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Traces.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--ephemeral"]);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", Traces.Address)
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "100");
        }

        app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("worker");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api");
        Api = ClientOf("api", "test");
        Database = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("jobs"))!);
    }

    public HttpClient ClientOf(string resource, string user)
    {
        var client = app.CreateHttpClient(resource);
        client.DefaultRequestHeaders.Add("user-id", user);
        return client;
    }

    public Task<ResourceEvent> FindAsync(string resource) =>
        app.ResourceNotifications.WaitForResourceHealthyAsync(resource, TestContext.Current.CancellationToken);

    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await app.DisposeAsync();
        await Traces.DisposeAsync();
    }
}
