using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using ProviderSimulator;
using ProviderSimulator.Records;
using Queueing;
using StackExchange.Redis;

namespace Providers.Tests.Chat;

/// <summary>A worker whose jobs ask a chain of providers: a simulator as OpenAI, another as Gemini.</summary>
internal sealed class ChatHost : IAsyncDisposable
{
    public const string Large = "large";
    public const string Small = "small";
    public const string GeminiModel = "flash";

    // For a token read, and for one written, in both providers and in the simulators' own reckoning.
    public const decimal InputPrice = 0.001m;
    public const decimal OutputPrice = 0.002m;

    private readonly IHost host;

    private ChatHost(IHost host) => this.host = host;

    public Budget Budget => host.Services.GetRequiredService<Budget>();

    public Breakers Breakers => host.Services.GetRequiredService<Breakers>();

    public Asked Asked => host.Services.GetRequiredService<Asked>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<Simulator> StartSimulatorAsync() => Simulator.StartAsync(new()
    {
        AnswerTokens = 5,
        Prices = new Dictionary<string, Price> { ["*"] = new() { Prompt = InputPrice * 1000, Completion = OutputPrice * 1000 } },
    });

    /// <param name="database">Its own.</param>
    /// <param name="openAI">What is asked first.</param>
    /// <param name="gemini">What is asked next; null for nothing.</param>
    /// <param name="redis">What the limits and circuits are shared through; null for this process alone.</param>
    /// <param name="settings">What is other than usual.</param>
    public static async Task<ChatHost> StartAsync(
        string database, Simulator openAI, Simulator? gemini = null, TestRedis? redis = null, params (string Name, string? Value)[] settings)
        => await StartAsync(database, openAI, gemini, redis, _ => { }, settings);

    /// <inheritdoc cref="StartAsync(string, Simulator, Simulator?, TestRedis?, ValueTuple{string, string?}[])"/>
    /// <param name="add">Adds other kinds of providers.</param>
    public static async Task<ChatHost> StartAsync(
        string database, Simulator openAI, Simulator? gemini, TestRedis? redis, Action<IHostApplicationBuilder> add, params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:jobs"] = database,
            ["JobWorker:PollInterval"] = "00:00:00.020",
            ["Budget:WatchInterval"] = "00:00:00.020",
            ["Chat:Chain:0"] = "openai",
            ["Providers:OpenAI:Endpoint"] = openAI.OpenAI.ToString(),
            ["Providers:OpenAI:Model"] = Large,
            ["Guard:openai:MaxOutputTokens"] = "100",
            ["Guard:openai:Retry:Wait"] = "00:00:00.001",
            [$"Guard:openai:Prices:{GuardOptions.AnyModel}:InputPerMillion"] = $"{InputPrice * 1_000_000}",
            [$"Guard:openai:Prices:{GuardOptions.AnyModel}:OutputPerMillion"] = $"{OutputPrice * 1_000_000}",
        });
        if (gemini is not null)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Chat:Chain:1"] = "gemini",
                ["Providers:Gemini:Endpoint"] = gemini.Gemini.ToString(),
                ["Providers:Gemini:ApiKey"] = "any",
                ["Providers:Gemini:Model"] = GeminiModel,
            });
        }

        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        if (redis is not null)
        {
            builder.Services.AddSingleton<IConnectionMultiplexer>(await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString));
        }

        builder.AddJobQueue("jobs");
        builder.AddBudget();
        builder.AddSpending();
        builder.AddChat();
        add(builder);
        builder.AddJob<Use, User>("use");
        builder.Services.AddSingleton<Uses>();
        builder.AddJob<Question, Asker>("ask", options =>
        {
            options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1));
            options.Timeout = TimeSpan.FromSeconds(30);
        });
        builder.Services.AddSingleton<Asked>();
        builder.AddJobWorker();
        var started = new ChatHost(builder.Build());
        await started.host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(Cancellation);
        await started.host.StartAsync(Cancellation);
        return started;
    }

    /// <summary>A chat outside of jobs.</summary>
    public async Task<T> ChatAsync<T>(Func<IChatClient, Task<T>> use)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IChatClient>());
    }

    public async Task<Guid> EnqueueAsync(Question question, string owner = "somebody") =>
        (await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(question, owner, cancellationToken: Cancellation)).JobId;

    /// <summary>Lets a job do something with the services of its scope.</summary>
    public async Task<Guid> UseAsync(Func<IServiceProvider, CancellationToken, Task<object?>> use)
    {
        var number = host.Services.GetRequiredService<Uses>().Add(use);
        return (await host.Services.GetRequiredService<JobQueue>().EnqueueAsync(new Use(number), "somebody", cancellationToken: Cancellation)).JobId;
    }

    public async Task<JobStatus> StatusAsync(Guid jobId) => (await host.Services.GetRequiredService<JobReader>().FindAsync(jobId, Cancellation))!;

    public Task<JobStatus> EndOfAsync(Guid jobId) => Eventually.NotNullAsync(
        async () => await StatusAsync(jobId) is { IsFinal: true } ended ? ended : null, $"job {jobId} ends");

    public async Task<JobStatus> AskAsync(Question question) => await EndOfAsync(await EnqueueAsync(question));

    public async Task<string?> WaitsForAsync(Guid jobId) => await ScalarAsync($"select snooze_reason from job_ready where job_id = '{jobId}'") as string;

    public async Task<decimal> SpentAsync() => (decimal)(await ScalarAsync("select coalesce(sum(coalesce(cost, estimate)), 0) from spend"))!;

    public async Task<long> SpendsAsync(string condition = "true") => (long)(await ScalarAsync($"select count(*) from spend where {condition}"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
