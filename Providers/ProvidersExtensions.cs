using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Local;
using Providers.Local.Flashcards;

namespace Providers;

public static class ProvidersExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Answers every <see cref="IChatClient"/> call inside the process, by quoting the text it is given.
        /// It needs no network and no key; it does not write sentences of its own.
        /// </summary>
        public IHostApplicationBuilder AddLocalChatClient()
        {
            builder.Services.AddSingleton<ILocalSkill, FlashcardSkill>();
            builder.Services.AddSingleton<IChatClient, LocalChatClient>();
            return builder;
        }
    }
}
