using System.Globalization;
using Features.Flashcards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Providers;
using ProviderSimulator;
using Queueing;

namespace Fleet.Tests;

/// <summary>
/// Workers as processes of their own, with real servers and a simulator of their provider, whose record is what the tests judge by.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    public const int Size = 4;
    public const string Model = "large";

    private readonly TestPostgres postgres;
    private readonly IHost client;
    private readonly ServiceProcess[] workers;
    private readonly ServiceProcess[] apis;

    private Fleet(TestPostgres postgres, TestRedis redis, Simulator simulator, IHost client, ServiceProcess[] workers, ServiceProcess[] apis) =>
        (this.postgres, Redis, Simulator, this.client, this.workers, this.apis) = (postgres, redis, simulator, client, workers, apis);

    public TestRedis Redis { get; }

    public Simulator Simulator { get; }

    public Budget Budget => client.Services.GetRequiredService<Budget>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="simulator">How the provider is.</param>
    /// <param name="budget">What may be spent a day; null for as much as they like.</param>
    /// <param name="settings">What the workers are told of it, as in the environment.</param>
    public static async Task<Fleet> StartAsync(SimulatorOptions simulator, decimal? budget = null, params (string Name, string Value)[] settings)
    {
        var postgres = await TestPostgres.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        var redis = await TestRedis.StartAsync(RedisKind.Redis);
        var provider = await Simulator.StartAsync(simulator);
        var client = BuildClient(database);
        var environment = new Dictionary<string, string?>
        {
            ["ConnectionStrings__jobs"] = database,
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["Chat__Chain__0"] = "openai",
            ["OPENAI_BASE_URL"] = provider.OpenAI.ToString(),
            ["OPENAI_MODEL"] = Model,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        await new ServiceProcess("Worker", environment).RunAsync("migrate");
        await client.Services.GetRequiredService<Budget>().SetAsync(BudgetScope.Fleet, null, budget, "test", Cancellation);
        var workers = Enumerable.Range(0, Size).Select(_ => new ServiceProcess("Worker", environment)).ToArray();
        await Task.WhenAll(workers.Select(worker => worker.StartAsync()));
        var apis = Enumerable.Range(0, 2).Select(_ => new ServiceProcess("Api", new(environment) { ["ASPNETCORE_ENVIRONMENT"] = "Development" })).ToArray();
        return new(postgres, redis, provider, client, workers, apis);
    }

    /// <summary>Jobs of which each makes one call, if that is answered.</summary>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(int count)
    {
        GenerateFlashcards[] questions = [.. Enumerable.Range(0, count).Select(number => new GenerateFlashcards(
            string.Create(CultureInfo.InvariantCulture, $"Cell number {number} is the basic unit of life."), "Biology", "Cells", Count: 1))];
        var jobs = await client.Services.GetRequiredService<JobQueue>().EnqueueAllAsync(questions, "somebody", cancellationToken: Cancellation);
        return [.. jobs.Select(job => job.JobId)];
    }

    /// <summary>Starts two processes of the API, where the header user-id names the caller.</summary>
    public async Task<IReadOnlyList<Uri>> StartApisAsync()
    {
        await Task.WhenAll(apis.Select(api => api.StartAsync()));
        return [.. apis.Select(api => api.Address)];
    }

    /// <summary>Ends a worker without a goodbye, and starts another in its place.</summary>
    public async Task ReplaceAsync(int worker)
    {
        await workers[worker].KillAsync();
        await workers[worker].StartAsync();
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = client.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    public Task<long> CountAsync(string state) => QueryAsync<long>($"select count(*) from job_outcome where state = '{state}'");

    /// <summary>How many jobs wait for a reason.</summary>
    public Task<long> WaitingForAsync(string reason) => QueryAsync<long>($"select count(*) from job_ready where delayed and snooze_reason = '{reason}'");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(workers.Concat(apis).Select(service => service.KillAsync()));
        client.Dispose();
        await Simulator.DisposeAsync();
        await Redis.DisposeAsync();
        await postgres.DisposeAsync();
    }

    // Enqueues and looks; nothing of it runs by itself.
    private static IHost BuildClient(string database)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.AddJobQueue("jobs");
        builder.AddBudget();
        builder.AddFlashcards();
        return builder.Build();
    }
}
