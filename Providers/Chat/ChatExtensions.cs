using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Chat;
using Providers.Guard.Calls;
using Providers.Guard.Spending;
using Providers.Local;
using Queueing;

namespace Providers;

/// <summary>Adds what answers chats.</summary>
public static class ChatExtensions
{
    private const string ChainKey = $"{ChatChainOptions.SectionName}:{nameof(ChatChainOptions.Chain)}";

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IChatClient"/> in each scope: the providers of <see cref="ChatChainOptions"/>, one after the other, each behind
        /// its guard (<see cref="GuardOptions"/>). Needs the queue, and <c>AddSpending</c> where calls cost something.
        /// </summary>
        /// <exception cref="InvalidOperationException">The configuration names a provider that there isn't, or one twice.</exception>
        public void AddChat()
        {
            var settings = builder.Configuration.GetSection(ChatChainOptions.SectionName)
                .Get<ChatChainOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
            string[] chain = settings.Chain is [] ? [LocalChatClient.ProviderName] : [.. settings.Chain];
            if (chain.Distinct(StringComparer.Ordinal).Count() < chain.Length)
            {
                throw new InvalidOperationException($"{ChainKey} names a provider twice: {string.Join(", ", chain)}.");
            }

            builder.Services.AddHostedService<ChatStart>();
            builder.AddProviderGuard();
            builder.AddProviderOutcomes();
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
            switch (provider)
            {
                case OpenAIOptions.ProviderName:
                    builder.AddOpenAI();
                    break;
                case GeminiOptions.ProviderName:
                    builder.AddGemini();
                    break;
                case LocalChatClient.ProviderName:
                    builder.AddLocalChatClient();
                    builder.Services.Configure<GuardOptions>(provider, options => options.Prices[GuardOptions.AnyModel] = ModelPrice.Free);
                    break;
                default:
                    throw new InvalidOperationException(
                        $"{ChainKey} names '{provider}', which is no provider of chats: expected {OpenAIOptions.ProviderName}, {GeminiOptions.ProviderName} or {LocalChatClient.ProviderName}.");
            }

            builder.AddGuardOptions(provider);
        }
    }
}
