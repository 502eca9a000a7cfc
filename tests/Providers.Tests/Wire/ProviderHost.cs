using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Providers.Tests.Wire;

/// <summary>A host with a provider's clients, and all that it logs.</summary>
internal sealed class ProviderHost : IDisposable
{
    public const string Key = "sk-secret-4711";
    public const string Model = "the-model";

    private readonly IHost host;

    private ProviderHost(IHost host, LogKeeper logs) => (this.host, Logs) = (host, logs);

    public LogKeeper Logs { get; }

    public static ProviderHost OpenAI(Uri endpoint, TimeSpan? timeout = null, TimeProvider? time = null) => Build(
        builder => builder.AddOpenAI(),
        time,
        ("Providers:OpenAI:Endpoint", endpoint.ToString()),
        ("Providers:OpenAI:ApiKey", Key),
        ("Providers:OpenAI:Model", Model),
        ("Providers:OpenAI:EmbeddingModel", "the-embedding-model"),
        ("Providers:OpenAI:Timeout", (timeout ?? TimeSpan.FromMinutes(1)).ToString()));

    public static ProviderHost Gemini(Uri endpoint, TimeSpan? timeout = null, TimeProvider? time = null) => Build(
        builder => builder.AddGemini(),
        time,
        ("Providers:Gemini:Endpoint", endpoint.ToString()),
        ("Providers:Gemini:ApiKey", Key),
        ("Providers:Gemini:Model", Model),
        ("Providers:Gemini:EmbeddingModel", "models/the-embedding-model"),
        ("Providers:Gemini:EmbeddingDimensions", "8"),
        ("Providers:Gemini:Timeout", (timeout ?? TimeSpan.FromMinutes(1)).ToString()));

    public static ProviderHost Azure(Uri endpoint, TimeSpan? timeout = null, TimeProvider? time = null) => Build(
        builder =>
        {
            builder.AddAzureSpeech();
            builder.AddAzureVision();
        },
        time,
        ("Providers:AzureSpeech:Endpoint", endpoint.ToString()),
        ("Providers:AzureSpeech:ApiKey", Key),
        ("Providers:AzureSpeech:Timeout", (timeout ?? TimeSpan.FromMinutes(1)).ToString()),
        ("Providers:AzureVision:Endpoint", endpoint.ToString()),
        ("Providers:AzureVision:ApiKey", Key),
        ("Providers:AzureVision:Tags", "true"),
        ("Providers:AzureVision:Timeout", (timeout ?? TimeSpan.FromMinutes(1)).ToString()));

    /// <param name="add">Adds what is tested.</param>
    /// <param name="time">The clock; the machine's if null.</param>
    /// <param name="settings">All the configuration there is.</param>
    public static ProviderHost Build(Action<HostApplicationBuilder> add, TimeProvider? time, params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        var logs = new LogKeeper();
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        add(builder);
        return new(builder.Build(), logs);
    }

    public IChatClient Chat(string provider) => host.Services.GetRequiredKeyedService<IChatClient>(provider);

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings(string provider = OpenAIOptions.ProviderName) =>
        host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(provider);

    public IPronunciationAssessor Assessor(string provider) => host.Services.GetRequiredKeyedService<IPronunciationAssessor>(provider);

    public IImageReader Reader(string provider) => host.Services.GetRequiredKeyedService<IImageReader>(provider);

    public Task StartAsync() => host.StartAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        host.Dispose();
        Logs.Dispose();
    }
}
