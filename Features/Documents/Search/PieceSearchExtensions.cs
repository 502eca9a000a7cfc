using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Queueing;

namespace Features.Documents.Search;

/// <summary>Adds the search in documents' pieces to a host.</summary>
internal static class PieceSearchExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the tables of documents and their pieces to what is migrated. Needs the queue.</summary>
        public void AddDocumentTables() => builder.AddSchemaPart("documents", typeof(PieceSearchExtensions).Assembly);

        /// <summary>
        /// Adds <see cref="PieceSearch"/>, with the settings of <see cref="PieceSearchOptions"/>, and what looks after the indexes on vectors. Needs
        /// <see cref="AddDocumentTables"/>.
        /// </summary>
        public void AddPieceSearch()
        {
            builder.Services.AddOptions<PieceSearchOptions>()
                .BindConfiguration(PieceSearchOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<PieceSearchOptions>, PieceSearchOptionsValidator>();
            builder.Services.AddSingleton<PieceSearch>();
            builder.Services.AddSingleton<VectorIndexer>();
            builder.Services.AddHostedService(services => services.GetRequiredService<VectorIndexer>());
        }
    }
}
