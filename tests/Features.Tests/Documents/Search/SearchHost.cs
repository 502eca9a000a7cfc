using Features.Documents.Pieces;
using Features.Documents.Search;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using NpgsqlTypes;
using Providers;
using Queueing;

namespace Features.Tests.Documents.Search;

/// <summary>A database with documents, whose vectors are the local ones.</summary>
internal sealed class SearchHost : IAsyncDisposable
{
    public const string Model = "local-hashed-512";

    private readonly IHost host;
    private readonly bool copies;

    private SearchHost(IHost host, bool copies) => (this.host, this.copies) = (host, copies);

    public NpgsqlDataSource Database => host.Services.GetRequiredService<NpgsqlDataSource>();

    public VectorIndexer Indexer => host.Services.GetRequiredService<VectorIndexer>();

    private IEmbeddingGenerator<string, Embedding<float>> Vectors => host.Services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("local");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>With its tables, and nothing that runs by itself.</summary>
    /// <param name="database">Its connection string.</param>
    /// <param name="mostCompared">The setting.</param>
    /// <param name="copies">Whether the server knows COPY; else the pieces are inserted one by one, not by the store.</param>
    public static async Task<SearchHost> CreateAsync(string database, int? mostCompared = null, bool copies = true)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = database;
        builder.Configuration[$"PieceSearch:{nameof(PieceSearchOptions.MostCompared)}"] = mostCompared?.ToString();
        builder.AddJobQueue("jobs");
        builder.AddDocumentTables();
        builder.AddPieceSearch();
        builder.AddLocalEmbeddings();
        var host = new SearchHost(builder.Build(), copies);
        await host.host.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(Token);
        return host;
    }

    /// <summary>Adds a document with a page for each text.</summary>
    public async Task<Guid> AddAsync(
        string[] pages, string title = "A text", string owner = "ada", Guid? course = null, string status = "COMPLETED", string model = Model)
    {
        var id = await AddDocumentAsync(title, owner, course, status, pages.Length);
        await ReplaceAsync(id, [.. pages.Select((text, index) => new Piece(index, index + 1, index + 1, text))], model);
        return id;
    }

    public async Task<Guid> AddDocumentAsync(string title, string owner, Guid? course, string status, int pieces)
    {
        var id = Guid.CreateVersion7();
        await using var command = Database.CreateCommand(
            "insert into document (id, title, owner, course_id, status, error_type, pieces) values ($1, $2, $3, $4, $5, case $5 when 'FAILED' then 'damaged' end, $6)");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = title });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = course ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = status });
        command.Parameters.Add(new() { Value = pieces });
        await command.ExecuteNonQueryAsync(Token);
        return id;
    }

    public async Task<bool> ReplaceAsync(Guid document, IReadOnlyList<Piece> pieces, string model = Model)
    {
        var vectors = await VectorsAsync([.. pieces.Select(piece => piece.Text)]);
        if (!copies)
        {
            await InsertAsync(document, pieces, vectors, model);
            return true;
        }

        await using var connection = await Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var replaced = await PieceStore.ReplaceAsync(transaction, document, model, pieces, vectors, Token);
        await transaction.CommitAsync(Token);
        return replaced;
    }

    public async Task<IReadOnlyList<FoundPiece>> FindAsync(PieceScope scope, string question, int count = 5, string model = Model) =>
        await FindAsync(scope, question, (await VectorsAsync([question]))[0], count, model);

    public Task<IReadOnlyList<FoundPiece>> FindAsync(PieceScope scope, string question, ReadOnlyMemory<float> vector, int count = 5, string model = Model) =>
        host.Services.GetRequiredService<PieceSearch>().FindAsync(scope, question, vector, model, count, Token);

    public async Task<ReadOnlyMemory<float>[]> VectorsAsync(string[] texts) =>
        [.. (await Vectors.GenerateAsync(texts, cancellationToken: Token)).Select(embedding => embedding.Vector)];

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task InsertAsync(Guid document, IReadOnlyList<Piece> pieces, ReadOnlyMemory<float>[] vectors, string model)
    {
        foreach (var (piece, vector) in pieces.Zip(vectors))
        {
            await using var command = Database.CreateCommand(
                "insert into document_piece (document_id, index, first_page, last_page, model, text, embedding) values ($1, $2, $3, $4, $5, $6, $7)");
            object[] values = [document, piece.Index, piece.FirstPage, piece.LastPage, model, piece.Text, vector.ToArray()];
            foreach (var value in values)
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync(Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The data source holds connections of a server that goes on.
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
