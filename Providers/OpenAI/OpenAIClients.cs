using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using Providers.Faults;
using Providers.Settings;

namespace Providers.OpenAI;

/// <summary>The official client, without what the guard does or nobody should: retries, logs of messages, a time limit of its own.</summary>
internal sealed class OpenAIClients : IDisposable
{
    public static readonly Uri Own = new("https://api.openai.com/v1");

    // The official client insists on one; endpoints that have no keys don't look at it.
    private const string NoKey = "none";

    private readonly HttpClient http = ProviderHttp.Create();
    private readonly OpenAIOptions options;
    private readonly OpenAIClient client;
    private readonly FaultReader faults;

    public OpenAIClients(IOptions<OpenAIOptions> options, TimeProvider time)
    {
        this.options = options.Value;
        var key = string.IsNullOrEmpty(this.options.ApiKey) ? NoKey : this.options.ApiKey;
        client = new(new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = this.options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new() { EnableLogging = false },
        });
        faults = new(OpenAIOptions.ProviderName, this.options.Timeout, time, new OpenAIErrors(time).Read);
    }

    public IChatClient Chat() => new FaultChatClient(client.GetChatClient(options.Model).AsIChatClient(), faults);

    /// <exception cref="InvalidOperationException">No model is configured for it.</exception>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings() => string.IsNullOrWhiteSpace(options.EmbeddingModel)
        ? throw new InvalidOperationException($"{OpenAIOptions.SectionName}:{nameof(OpenAIOptions.EmbeddingModel)} must name a model before there are embeddings.")
        : new FaultEmbeddingGenerator(client.GetEmbeddingClient(options.EmbeddingModel).AsIEmbeddingGenerator(), faults);

    public void Dispose() => http.Dispose();
}
