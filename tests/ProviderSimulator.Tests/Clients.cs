using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Json;
using Microsoft.Extensions.AI;
using OpenAI;

namespace ProviderSimulator.Tests;

/// <summary>The official client, as an application has it, but for its own retries; and plain HTTP where it hides the wire.</summary>
internal static class Clients
{
    public const string Model = "gpt-4o-mini";
    public const string Key = "sk-kept-nowhere";

    extension(Simulator simulator)
    {
        public IChatClient Chat(string model = Model) => Official(simulator.OpenAI).GetChatClient(model).AsIChatClient();

        public IEmbeddingGenerator<string, Embedding<float>> Embeddings(string model = "text-embedding-3-small") =>
            Official(simulator.OpenAI).GetEmbeddingClient(model).AsIEmbeddingGenerator();

        public Task<ChatResponse> AskAsync(string text = "What is a cell?", string model = Model) =>
            simulator.Chat(model).GetResponseAsync(text, cancellationToken: TestContext.Current.CancellationToken);

        /// <summary>The status that the client was refused with; null when it has an answer.</summary>
        public async Task<int?> RefusalAsync(string model = Model)
        {
            try
            {
                await simulator.AskAsync(model: model);
                return null;
            }
            catch (ClientResultException exception)
            {
                return exception.Status;
            }
        }

        public async Task<HttpResponseMessage> PostAsync(string path, object body)
        {
            using var http = new HttpClient { BaseAddress = simulator.Address };
            return await http.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        }
    }

    public static object Question(string text, bool stream = false, string model = Model) =>
        new { model, stream, messages = new[] { new { role = "user", content = text } } };

    public static OpenAIClient Official(Uri endpoint) => new(new ApiKeyCredential(Key), new OpenAIClientOptions
    {
        Endpoint = endpoint,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });
}
