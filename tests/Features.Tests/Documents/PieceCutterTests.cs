using System.Globalization;
using Features.Documents.Pieces;
using Features.Documents.Reading;

namespace Features.Tests.Documents;

public sealed class PieceCutterTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_sentence_is_in_a_piece_of_its_page_in_order(int seed)
    {
        var sentences = Sentences(new Random(seed)).ToList();
        var pieces = PieceCutter.Cut(PagesOf(sentences));

        var last = 0;
        Assert.All(sentences, sentence =>
        {
            var piece = pieces.First(candidate => candidate.Text.Contains(sentence.Text, StringComparison.Ordinal));
            Assert.InRange(sentence.Page, piece.FirstPage, piece.LastPage);
            Assert.True(piece.Index >= last);
            last = piece.Index;
        });
        Assert.All(pieces, (piece, index) => Assert.Equal(index, piece.Index));
        Assert.All(pieces, piece => Assert.InRange(WordsOf(piece.Text), 1, PieceCutter.MostWords));
        Assert.Equal(pieces, PieceCutter.Cut(PagesOf(sentences)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_piece_begins_with_the_end_of_the_one_before(int seed)
    {
        var pieces = PieceCutter.Cut(PagesOf([.. Sentences(new Random(seed))]));

        Assert.All(pieces.Zip(pieces.Skip(1)), pair =>
        {
            var first = pair.Second.Text[..(pair.Second.Text.IndexOf('.', StringComparison.Ordinal) + 1)];
            Assert.Contains(first, pair.First.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Text_without_an_end_is_cut()
    {
        var words = string.Join(' ', Enumerable.Range(0, 1_000).Select(number => $"w{number}"));
        var pieces = PieceCutter.Cut([new(1, words), new(2, new string('x', 10_000))]);

        Assert.All(pieces, piece => Assert.InRange(WordsOf(piece.Text), 1, PieceCutter.MostWords));
        Assert.Equal(words.Split(' '), pieces.SelectMany(piece => piece.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word[0] == 'w').Distinct());
    }

    [Fact]
    public void Nothing_is_cut_into_nothing() => Assert.Empty(PieceCutter.Cut([new(1, ""), new(2, "\n\n")]));

    private static IEnumerable<(int Page, string Text)> Sentences(Random random)
    {
        var page = 1;
        for (var number = 0; number < 150; number++)
        {
            page += random.Next(8) == 0 ? random.Next(1, 3) : 0;
            var words = Enumerable.Range(0, random.Next(3, 30)).Select(index => $"word{number.ToString(CultureInfo.InvariantCulture)}x{index}");
            yield return (page, $"Sentence {string.Join(' ', words)}.");
        }
    }

    private static List<PdfPage> PagesOf(List<(int Page, string Text)> sentences) =>
        [.. sentences.GroupBy(sentence => sentence.Page).Select(page => new PdfPage(page.Key, string.Join(' ', page.Select(sentence => sentence.Text))))];

    private static int WordsOf(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
