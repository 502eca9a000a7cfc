using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Chains;
using Providers.Embeddings;
using Providers.Guard.Calls;
using Providers.Local;
using Queueing;

namespace Providers;

/// <summary>Adds what makes vectors of texts.</summary>
public static class EmbeddingsExtensions
{
    private const string Key = "Embeddings:Provider";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts in each scope: that of the provider that
        /// <c>Embeddings:Provider</c> names, <c>openai</c>, <c>gemini</c> or, by default, <c>local</c>, behind its guard
        /// (<see cref="GuardOptions"/>). Needs the queue.
        /// </summary>
        /// <exception cref="InvalidOperationException">The configuration names one that there isn't.</exception>
        public void AddEmbeddings()
        {
            var provider = builder.Configuration[Key] ?? LocalChatClient.ProviderName;
            switch (provider)
            {
                case OpenAIOptions.ProviderName:
                    builder.AddOpenAI();
                    break;
                case GeminiOptions.ProviderName:
                    builder.AddGemini();
                    break;
                case LocalChatClient.ProviderName:
                    builder.AddLocalEmbeddings();
                    break;
                default:
                    throw new InvalidOperationException(
                        $"{Key} is '{provider}': expected {OpenAIOptions.ProviderName}, {GeminiOptions.ProviderName} or {LocalChatClient.ProviderName}.");
            }

            builder.AddGuarded(provider, isFree: provider == LocalChatClient.ProviderName);
            builder.Services.AddScoped<IEmbeddingGenerator<string, Embedding<float>>>(services => new GuardedEmbeddings(
                provider,
                services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(provider),
                services.GetRequiredService<ProviderGuards>(),
                services.GetRequiredService<CurrentJob>()));
        }
    }
}
