using Features.Documents.Search;

namespace Features.Tests.Documents.Search;

/// <summary>The search where the server compares vectors, beside the one where it can't.</summary>
public sealed class VectorServerTests(FeatureHost features)
{
    private static readonly string[] Pages =
    [
        .. Enumerable.Range(0, 120).Select(number => $"{Subjects[number % Subjects.Length]} number {number} {Deeds[number % Deeds.Length]} {Objects[number % Objects.Length]}."),
    ];

    private static readonly string[] Questions = ["Which lever lifts the load?", "turning wheels", "Why is the colour of glass like that?", "splitting", "the 17th"];

    private static string[] Subjects => ["The lever", "A pulley", "The wedge", "One screw", "A wheel", "The glass", "A colour"];

    private static string[] Deeds => ["lifts", "turns", "splits", "holds", "carries", "bends", "breaks", "stores", "shows", "measures", "joins"];

    private static string[] Objects => ["a load", "the rope", "wood", "the shaft", "light", "the frame", "a spring", "heat", "the axle", "water", "a scale", "air", "oil"];

    [Theory]
    [InlineData(1_000)]
    [InlineData(0)]
    public async Task Both_ways_find_the_same_pieces_in_the_same_order(int mostCompared)
    {
        await using var server = await VectorServer.StartAsync();
        await using var with = await SearchHost.CreateAsync(server.ConnectionString, mostCompared, copies: false);
        await using var without = await SearchHost.CreateAsync(await features.CreateDatabaseAsync());
        var (here, there) = (await with.AddAsync(Pages), await without.AddAsync(Pages));
        await with.AddAsync(["The lever lifts the load of another."]);
        await with.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.True(await with.ReadAsync<bool>("select to_regtype('vector') is not null"));
        Assert.False(await without.ReadAsync<bool>("select to_regtype('vector') is not null"));
        foreach (var question in Questions)
        {
            var (one, other) = (await with.FindAsync(new PieceScope.OfDocument(here), question, count: 20), await without.FindAsync(new PieceScope.OfDocument(there), question, count: 20));
            Assert.Equal(other.Select(piece => piece.FirstPage), one.Select(piece => piece.FirstPage));
            Assert.All(one.Zip(other), pair => Assert.Equal(pair.Second.Score, pair.First.Score, 1e-5));
        }
    }

    [Fact]
    public async Task A_server_that_gets_the_extension_later_has_an_index_for_each_model_then()
    {
        await using var server = await VectorServer.StartAsync();
        await using var search = await SearchHost.CreateAsync(server.ConnectionString, copies: false);
        var document = await search.AddAsync(Pages);
        Assert.NotEmpty(await search.FindAsync(new PieceScope.OfDocument(document), "lever"));
        Assert.Empty(await IndexesAsync(search));

        await search.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);
        var first = Assert.Single(await IndexesAsync(search));
        await search.AddAsync(["Another model's."], model: "it's another");
        await search.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);
        await search.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Contains("vector(512)", first, StringComparison.Ordinal);
        Assert.Equal(2, (await IndexesAsync(search)).Length);
        Assert.NotEmpty(await search.FindAsync(new PieceScope.OfDocument(document), "lever"));
    }

    [Fact]
    public async Task Among_many_pieces_the_index_is_asked()
    {
        await using var server = await VectorServer.StartAsync();
        await using var search = await SearchHost.CreateAsync(server.ConnectionString, mostCompared: 0, copies: false);
        var document = await search.AddAsync(Pages);
        await search.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);
        await search.ExecuteAsync("set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off");
        await search.FindAsync(new PieceScope.OfDocument(document), "lever");

        await search.ExecuteAsync("select pg_stat_force_next_flush()");
        Assert.True(await search.ReadAsync<long>("select sum(idx_scan)::bigint from pg_stat_user_indexes where indexrelname like 'document_piece_near_%'") > 0);
    }

    [Fact]
    public async Task A_role_that_may_not_add_the_extension_goes_on_without_it()
    {
        await using var server = await VectorServer.StartAsync();
        await using var search = await SearchHost.CreateAsync(server.ConnectionString, copies: false);
        var document = await search.AddAsync(Pages);
        await search.ExecuteAsync("create role guest; grant all on all tables in schema public to guest; set role guest");

        await search.Indexer.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.False(await search.ReadAsync<bool>("select to_regtype('vector') is not null"));
        Assert.NotEmpty(await search.FindAsync(new PieceScope.OfDocument(document), "lever"));
    }

    private static async Task<string[]> IndexesAsync(SearchHost search) =>
        await search.ReadAsync<string[]>("select coalesce(array_agg(indexdef), '{}') from pg_indexes where indexname like 'document_piece_near_%'");
}
