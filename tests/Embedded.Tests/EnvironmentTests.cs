using System.Net.Http.Json;
using System.Text.Json;

namespace Embedded.Tests;

public class EnvironmentTests
{
    [Fact]
    public async Task A_project_gets_the_environment_that_Aspire_would_give_it()
    {
        await using var application = await SampleApplication.StartAsync(static builder =>
        {
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:14317";
            var jobs = builder.AddPostgres("postgres").AddDatabase("job-db", "jobs");
            var redis = builder.AddRedis("redis");
            var other = builder.AddWeb("other").WithReplicas(2);
            builder.AddWeb("web").WithReference(jobs).WithReference(redis).WithReference(other).WaitFor(other)
                .WithEnvironment("OTHER", other.GetEndpoint("http"))
                .WithEnvironment("TEXT", ReferenceExpression.Create($"port {other.GetEndpoint("http").Property(EndpointProperty.Port)}"));
        });
        var jobs = new Npgsql.NpgsqlConnectionStringBuilder(await application.App.GetConnectionStringAsync("job-db", TestContext.Current.CancellationToken));
        var redis = await application.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken);
        await application.HealthyAsync("web");
        using var client = application.Client("web");
        var seen = await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", TestContext.Current.CancellationToken);

        var redisEnd = redis!.Split(",password=");
        var others = await OthersAsync(application);
        AssertHas(seen!, new()
        {
            ["ConnectionStrings__job-db"] = $"Host=localhost;Port={jobs.Port};Username=postgres;Password={jobs.Password};Database=jobs",
            ["JOB_DB_HOST"] = "localhost",
            ["JOB_DB_PORT"] = $"{jobs.Port}",
            ["JOB_DB_USERNAME"] = "postgres",
            ["JOB_DB_PASSWORD"] = jobs.Password!,
            ["JOB_DB_DATABASENAME"] = "jobs",
            ["JOB_DB_URI"] = $"postgresql://postgres:{jobs.Password}@localhost:{jobs.Port}/jobs",
            ["JOB_DB_JDBCCONNECTIONSTRING"] = $"jdbc:postgresql://localhost:{jobs.Port}/jobs",
            ["ConnectionStrings__redis"] = redis,
            ["REDIS_HOST"] = "localhost",
            ["REDIS_PORT"] = redisEnd[0].Split(':')[1],
            ["REDIS_PASSWORD"] = redisEnd[1],
            ["REDIS_URI"] = $"redis://:{redisEnd[1]}@{redisEnd[0]}",
            ["services__other__http__0"] = others[0],
            ["services__other__http__1"] = others[1],
            ["OTHER_HTTP"] = others[0],
            ["OTHER"] = others[0],
            ["TEXT"] = $"port {new Uri(others[0]).Port}",
            ["ASPNETCORE_URLS"] = client.BaseAddress!.ToString().TrimEnd('/'),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:14317",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_SERVICE_NAME"] = "web",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=web",
            ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["DOTNET_LAUNCH_PROFILE"] = "sample",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["SAMPLE"] = "from the launch profile",
        });
    }

    [Fact]
    public async Task Without_references_and_a_collector_it_gets_none_of_that()
    {
        await using var application = await SampleApplication.StartAsync(static builder =>
            builder.AddProject<Projects.Embedded_Tests_Sample>("web", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health"));
        await application.HealthyAsync("web");
        using var client = application.Client("web");
        var seen = await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", seen!.Keys);
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", seen.Keys);
        Assert.DoesNotContain(seen.Keys, name => name.StartsWith("services__", StringComparison.Ordinal) || name.StartsWith("ConnectionStrings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_runs_in_its_own_folder_with_its_arguments_as_they_are()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web").WithArgs("a b", "$HOME", "'"));
        await application.HealthyAsync("web");
        using var client = application.Client("web");
        var process = await client.GetFromJsonAsync<JsonElement>("/process", TestContext.Current.CancellationToken);

        Assert.Equal(["a b", "$HOME", "'"], process.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!));
        Assert.EndsWith("Embedded.Tests.Sample", process.GetProperty("directory").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string[]> OthersAsync(SampleApplication application)
    {
        await application.HealthyAsync("other");
        return [.. application.States.Replicas(application.Model.Resources.Single(resource => resource.Name == "other"))
            .OrderBy(replica => replica.ResourceId).Select(replica => replica.Snapshot.Urls.Single().Url)];
    }

    private static void AssertHas(Dictionary<string, string> seen, Dictionary<string, string> wanted) => Assert.Equal(
        wanted.Select(variable => $"{variable.Key}={variable.Value}"),
        wanted.Select(variable => $"{variable.Key}={seen.GetValueOrDefault(variable.Key)}"));
}
