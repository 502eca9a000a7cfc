using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Chains;
using Providers.Chat;
using Providers.Guard.Calls;
using Providers.Guard.Spending;
using Providers.Local;
using Queueing;

namespace Providers;

/// <summary>Adds what answers chats.</summary>
public static class ChatExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IChatClient"/> in each scope: the providers that <c>Chat:Chain</c> names, by default <c>local</c>, one after the
        /// other, each behind its guard (<see cref="GuardOptions"/>). Needs the queue, and <c>AddSpending</c> where calls cost something.
        /// </summary>
        /// <exception cref="InvalidOperationException">The configuration names a provider that there isn't, or one twice.</exception>
        public void AddChat()
        {
            var chain = ChainOptions.Read(
                builder.Configuration, "Chat", OpenAIOptions.ProviderName, GeminiOptions.ProviderName, LocalChatClient.ProviderName);
            builder.Services.AddHostedService<ChatStart>();
            foreach (var provider in chain)
            {
                builder.AddChatProvider(provider);
            }

            builder.Services.AddSingleton(services => new ChatLinks(
                [.. chain.Select(provider => new ChatLink(
                    provider,
                    services.GetRequiredKeyedService<IChatClient>(provider),
                    services.GetRequiredService<ProviderGuards>(),
                    services.GetService<BudgetWatch>()))]));
            builder.Services.AddScoped<IChatClient>(services => new ChatChain(
                services.GetRequiredService<ChatLinks>().All, services.GetRequiredService<CurrentJob>()));
        }

        private void AddChatProvider(string provider)
        {
            builder.AddGuarded(provider, isFree: provider == LocalChatClient.ProviderName);
            switch (provider)
            {
                case OpenAIOptions.ProviderName:
                    builder.AddOpenAI();
                    break;
                case GeminiOptions.ProviderName:
                    builder.AddGemini();
                    break;
                default:
                    builder.AddLocalChatClient();
                    break;
            }
        }
    }
}
