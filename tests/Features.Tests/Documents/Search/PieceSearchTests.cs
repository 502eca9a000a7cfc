using Features.Documents.Search;
using Npgsql;

namespace Features.Tests.Documents.Search;

public sealed class PieceSearchTests(FeatureHost features) : IAsyncLifetime
{
    private static readonly string[] Hostile =
    [
        "",
        "   \n\t",
        "?!... --- ((( ''' \\\\\\ \"\"\"",
        "'; drop table document_piece; --",
        "a & b | !c <-> (d:*",
        "lever:*A & !pulley \\' | '' '",
        "\0lever\0",
        "\uD800 lever \uDC00",
        "\u202E\u0301 lever 🙂🙂",
        new string('x', 10_000),
        new string('(', 10_000),
        string.Join(' ', Enumerable.Range(0, 2_500).Select(number => $"w{number}")),
        string.Concat(Enumerable.Repeat("🙂", 5_000)),
        "http://example.org/a\\b'c?d=e&f=g C:\\temp\\x.txt it's o'clock l'été",
        new string('a', 1_999) + "🙂",
    ];

    private SearchHost search = null!;

    // By their numbers: a test's name can't hold all of them.
    public static TheoryData<int> HostileQuestions => [.. Enumerable.Range(0, Hostile.Length)];

    public async ValueTask InitializeAsync() => search = await SearchHost.CreateAsync(await features.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => search.DisposeAsync();

    [Fact]
    public async Task A_document_is_searched_by_itself()
    {
        var one = await search.AddAsync(["A lever turns about a pivot."]);
        await search.AddAsync(["A lever lifts a load."]);

        Assert.Equal([one], await DocumentsAsync(new PieceScope.OfDocument(one)));
    }

    [Fact]
    public async Task A_course_has_its_own_documents_only()
    {
        var (mechanics, optics) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var one = await search.AddAsync(["A lever turns about a pivot."], owner: "ada", course: mechanics);
        var other = await search.AddAsync(["A lever lifts a load."], owner: "grace", course: mechanics);
        await search.AddAsync(["A lever moves the mirror."], course: optics);
        await search.AddAsync(["A lever is in no course."]);

        Assert.Equal(new HashSet<Guid> { one, other }, [.. await DocumentsAsync(new PieceScope.OfCourse(mechanics))]);
    }

    [Fact]
    public async Task An_owner_has_its_own_documents_only()
    {
        var mine = await search.AddAsync(["A lever turns about a pivot."], owner: "ada");
        await search.AddAsync(["A lever lifts a load."], owner: "grace");

        Assert.Equal([mine], await DocumentsAsync(new PieceScope.OfOwner("ada")));
        Assert.Empty(await DocumentsAsync(new PieceScope.OfOwner("nobody")));
        Assert.Empty(await DocumentsAsync(new PieceScope.OfOwner(null!)));
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("PROCESSING")]
    [InlineData("FAILED")]
    public async Task A_document_that_is_not_completed_is_not_searched(string status)
    {
        var document = await search.AddAsync(["A lever turns about a pivot."], status: status);

        Assert.Empty(await DocumentsAsync(new PieceScope.OfDocument(document)));
        Assert.Empty(await DocumentsAsync(new PieceScope.OfOwner("ada")));
    }

    [Theory]
    [MemberData(nameof(HostileQuestions))]
    public async Task Any_question_is_answered_or_finds_nothing(int number)
    {
        var question = Hostile[number];
        var document = await search.AddAsync(["A lever turns about a pivot.", "A pulley carries a rope."]);

        var found = await search.FindAsync(new PieceScope.OfDocument(document), question);

        Assert.All(found, piece => Assert.True(piece.Score > 0));
        Assert.Equal(2, await search.ReadAsync<long>("select count(*) from document_piece"));
        Assert.True(!question.Contains("lever", StringComparison.Ordinal) || found.Any(piece => piece.FirstPage == 1));
    }

    [Fact]
    public async Task Where_a_question_has_no_vector_its_words_find_pieces()
    {
        var document = await search.AddAsync(["A lever turns about a pivot.", "A pulley carries a rope."]);

        Assert.Equal(2, Assert.Single(await search.FindAsync(new PieceScope.OfDocument(document), "Pulleys?", ReadOnlyMemory<float>.Empty)).FirstPage);
        Assert.Equal(2, Assert.Single(await search.FindAsync(new PieceScope.OfDocument(document), "Pulleys?", new float[512])).FirstPage);
        Assert.Equal(2, Assert.Single(await search.FindAsync(new PieceScope.OfDocument(document), "Pulleys?", new float[] { 1, 0, 0 })).FirstPage);
    }

    [Fact]
    public async Task Where_no_word_is_in_the_text_the_vector_finds_pieces()
    {
        var document = await search.AddAsync(["A lever turns about a pivot.", "The colour of the light is red.", "A pulley carries a rope."]);

        Assert.Equal(2, (await search.FindAsync(new PieceScope.OfDocument(document), "discolouration"))[0].FirstPage);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_not_compared()
    {
        var document = await search.AddAsync(["The colour of the light is red."], model: "another");

        Assert.Empty(await search.FindAsync(new PieceScope.OfDocument(document), "discolouration"));
        Assert.Single(await search.FindAsync(new PieceScope.OfDocument(document), "discolouration", model: "another"));
    }

    [Fact]
    public async Task A_word_that_few_pieces_have_counts_more_than_one_that_all_have()
    {
        var filler = Enumerable.Range(0, 20).Select(_ => "The engine is an engine of the engine.");
        var document = await search.AddAsync([.. filler, "The flywheel stores what the shaft gives."]);

        Assert.Equal(21, (await search.FindAsync(new PieceScope.OfDocument(document), "engine flywheel", ReadOnlyMemory<float>.Empty))[0].FirstPage);
    }

    [Fact]
    public async Task Neighbours_are_not_both_among_the_first_as_long_as_there_are_others()
    {
        var document = await search.AddAsync(["The lever, a lever.", "The lever, a lever.", "The wedge splits.", "One lever.", "The screw holds."]);

        var found = await search.FindAsync(new PieceScope.OfDocument(document), "lever", ReadOnlyMemory<float>.Empty);

        Assert.Equal([1, 2, 4], found.Select(piece => piece.FirstPage).Order());
        Assert.Contains(found.Take(2), piece => piece.FirstPage == 4);
    }

    [Fact]
    public async Task No_more_are_found_than_are_asked_for()
    {
        var document = await search.AddAsync([.. Enumerable.Range(0, 300).Select(number => $"The lever number {number}.")]);

        Assert.Single(await search.FindAsync(new PieceScope.OfDocument(document), "lever", count: 1));
        Assert.Equal(250, (await search.FindAsync(new PieceScope.OfDocument(document), "lever", count: 250)).Count);
    }

    private async Task<Guid[]> DocumentsAsync(PieceScope scope) => [.. (await search.FindAsync(scope, "What does a lever do?")).Select(piece => piece.DocumentId)];
}
