using System.Text.Json;
using Features.Documents.Pieces;
using Features.Documents.Search;
using TestPackages;

namespace Features.Tests.Documents.Search;

/// <summary>
/// Whether the search finds the page that answers, in real manuals, for questions in the words of somebody who doesn't know the manual's: written by
/// hand with the pages that answer, before the search was tuned. It was tuned on every second question, from the first.
/// </summary>
public sealed class RetrievalTests(FeatureHost features, ITestOutputHelper output)
{
    private const int Count = 5;

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    [Fact]
    public Task At_least_24_of_30_questions_on_a_manual_of_300_pages_find_their_page_among_the_first_five_pieces() =>
        MeasureAsync("gnuplot-doc", "usr/share/doc/gnuplot/gnuplot.pdf", "gnuplot.json", leastPages: 300, leastFound: 24, of: 30);

    [Fact]
    public Task On_another_manual_it_does_no_worse_than_when_it_was_measured() =>
        MeasureAsync("bash-doc", "usr/share/doc/bash/bashref.pdf", "bash.json", leastPages: 190, leastFound: 4, of: 10);

    private async Task MeasureAsync(string package, string path, string questionsFile, int leastPages, int leastFound, int of)
    {
        var file = await DebianPdfs.FindAsync(package, path, TestContext.Current.CancellationToken);
        Assert.SkipWhen(file is null, $"The package {package} can't be had.");
        var text = await Readers.Create().ReadAsync(file, TestContext.Current.CancellationToken);
        Assert.True(text.Pages.Count >= leastPages);
        var pieces = PieceCutter.Cut(text.Pages);
        await using var search = await SearchHost.CreateAsync(await features.CreateDatabaseAsync());
        var document = new PieceScope.OfDocument(await search.AddDocumentAsync(package, "ada", course: null, "COMPLETED", pieces.Count));
        await search.ReplaceAsync(document.Id, pieces);

        var questions = ReadQuestions(questionsFile);
        var vectors = await search.VectorsAsync([.. questions.Select(question => question.Question)]);
        output.WriteLine($"{package}: {text.Pages.Count} pages, {pieces.Count} pieces, {pieces.Sum(piece => piece.Text.Length) / pieces.Count} characters each");
        Tell("words only", questions, await FoundAsync(number => search.FindAsync(document, questions[number].Question, ReadOnlyMemory<float>.Empty, Count)));
        Tell("vectors only", questions, await FoundAsync(number => search.FindAsync(document, "", vectors[number], Count)));
        var together = await FoundAsync(number => search.FindAsync(document, questions[number].Question, vectors[number], Count));
        Tell("together", questions, together);

        Assert.Equal(of, questions.Length);
        Assert.True(together.Count(found => found) >= leastFound);

        async Task<bool[]> FoundAsync(Func<int, Task<IReadOnlyList<FoundPiece>>> findAsync)
        {
            var found = new bool[questions.Length];
            for (var number = 0; number < questions.Length; number++)
            {
                found[number] = (await findAsync(number)).Any(piece => questions[number].Pages.Any(page => piece.FirstPage <= page && page <= piece.LastPage));
            }

            return found;
        }
    }

    private void Tell(string way, ManualQuestion[] questions, bool[] found)
    {
        int Half(int remainder) => found.Where((_, number) => number % 2 == remainder).Count(hit => hit);
        output.WriteLine($"{way}: {found.Count(hit => hit)} of {questions.Length}; of those tuned on {Half(0)}, of the others {Half(1)}");
        foreach (var (question, _) in questions.Zip(found).Where(pair => !pair.Second))
        {
            output.WriteLine($"  not found: {question.Question}");
        }
    }

    private static ManualQuestion[] ReadQuestions(string file)
    {
        using var stream = typeof(RetrievalTests).Assembly.GetManifestResourceStream(file)!; // The project embeds it.
        return JsonSerializer.Deserialize<ManualQuestion[]>(stream, CamelCase)!; // It is an array.
    }

    /// <param name="Question">As a learner would ask.</param>
    /// <param name="Pages">The pages that answer it, of which one is enough; from 1, as PDF readers count.</param>
    private sealed record ManualQuestion(string Question, int[] Pages);
}
