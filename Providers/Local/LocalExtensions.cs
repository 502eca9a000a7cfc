using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Local;
using Providers.Local.Embeddings;
using Providers.Local.Advice;
using Providers.Local.Flashcards;
using Providers.Local.Lessons;
using Providers.Local.Personas;
using Providers.Local.Tutoring;

namespace Providers;

/// <summary>Adds the provider that needs no network.</summary>
public static class LocalExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IChatClient"/> under the key <c>local</c> that answers inside the process, by quoting the text it is given. It
        /// needs no network and no key; it does not write sentences of its own.
        /// </summary>
        public void AddLocalChatClient()
        {
            builder.Services.AddSingleton<ILocalSkill, FlashcardSkill>();
            builder.Services.AddSingleton<ILocalSkill, LessonSkill>();
            builder.Services.AddSingleton<ILocalSkill, PersonaSkill>();
            builder.Services.AddSingleton<ILocalSkill, StudyAdviceSkill>();
            builder.Services.AddSingleton<ILocalSkill, TutorHintSkill>();
            builder.Services.AddKeyedSingleton<IChatClient, LocalChatClient>(LocalChatClient.ProviderName);
        }

        /// <summary>
        /// Adds an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts under the key <c>local</c> that makes vectors inside the process, of
        /// the words that a text has. It needs no network and no key; it does not know what words mean.
        /// </summary>
        public void AddLocalEmbeddings() =>
            builder.Services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>, LocalEmbeddingGenerator>(LocalChatClient.ProviderName);
    }
}
