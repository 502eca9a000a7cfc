using Features.Documents.Pieces;
using Features.Documents.Search;

namespace Features.Tests.Documents.Search;

public sealed class PieceStoreTests(FeatureHost features) : IAsyncLifetime
{
    private static readonly Piece[] Levers = [new(0, 1, 1, "A lever turns about a pivot."), new(1, 1, 2, "A pulley carries a rope.")];

    private SearchHost search = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => search = await SearchHost.CreateAsync(await features.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => search.DisposeAsync();

    [Fact]
    public async Task Pieces_are_found_with_their_pages_and_their_documents_title()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 2);
        Assert.True(await search.ReplaceAsync(document, Levers));

        var found = (await search.FindAsync(new PieceScope.OfDocument(document), "What carries the rope?"))[0];

        Assert.Equal((document, "Machines", 1, 2, "A pulley carries a rope."), (found.DocumentId, found.Title, found.FirstPage, found.LastPage, found.Text));
    }

    [Fact]
    public async Task Done_again_it_leaves_one_set_of_pieces()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 2);
        await search.ReplaceAsync(document, Levers);
        await search.ReplaceAsync(document, [new(0, 1, 1, "A wedge splits wood.")]);

        Assert.Equal("A wedge splits wood.", await search.ReadAsync<string>("select string_agg(text, '|') from document_piece"));
    }

    [Fact]
    public async Task Two_that_replace_at_once_leave_one_set_of_pieces()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 2);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => search.ReplaceAsync(document, Levers)));

        Assert.Equal(Levers.Length, await search.ReadAsync<long>("select count(*) from document_piece"));
    }

    [Fact]
    public async Task A_replacement_that_is_rolled_back_leaves_the_former_pieces()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 2);
        await search.ReplaceAsync(document, Levers);

        await using (var connection = await search.Database.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await PieceStore.ReplaceAsync(transaction, document, SearchHost.Model, [], [], Token);
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(Levers.Length, await search.ReadAsync<long>("select count(*) from document_piece"));
    }

    [Fact]
    public async Task A_document_that_is_gone_gets_no_pieces() => Assert.False(await search.ReplaceAsync(Guid.CreateVersion7(), Levers));

    [Fact]
    public async Task Vectors_must_go_with_the_pieces()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 2);
        await using var connection = await search.Database.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);

        Task ReplaceAsync(params float[][] vectors) =>
            PieceStore.ReplaceAsync(transaction, document, "any", Levers, [.. vectors.Select(vector => (ReadOnlyMemory<float>)vector)], Token);

        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync([1, 0]));
        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync([1, 0], [1]));
        await Assert.ThrowsAsync<ArgumentException>(() => ReplaceAsync([], []));
    }

    [Fact]
    public async Task Text_that_the_database_cannot_hold_is_stored_without_it()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 1);
        await search.ReplaceAsync(document, [new(0, 1, 1, "rope\0and\uD800pulley 🙂\uDC00")]);

        Assert.Equal("rope and pulley 🙂 ", await search.ReadAsync<string>("select text from document_piece"));
    }

    [Fact]
    public async Task Thousands_of_pieces_are_written_in_one_go()
    {
        var document = await search.AddDocumentAsync("Machines", "ada", course: null, "COMPLETED", pieces: 5_000);
        await search.ReplaceAsync(document, [.. Enumerable.Range(0, 5_000).Select(index => new Piece(index, index + 1, index + 1, $"Machine number {index} turns."))]);

        Assert.Equal(5_000, await search.ReadAsync<long>("select count(*) from document_piece"));
        Assert.Equal(4_322, (await search.FindAsync(new PieceScope.OfDocument(document), "number 4321"))[0].FirstPage);
    }
}
