using System.Text;
using Features.Documents.Reading;
using Providers.Local.Reading;

namespace Features.Documents.Pieces;

/// <summary>
/// Cuts a document into pieces of whole sentences that overlap: what stands at the end of one is said again at the beginning of the next, so that
/// a thought of two sentences is whole in one of them.
/// </summary>
internal static class PieceCutter
{
    /// <summary>Words: a piece is closed with the sentence that brings it here.</summary>
    public const int Words = 180;

    /// <summary>The most words of a piece. A sentence that is longer, as tables without an end are, is cut.</summary>
    public const int MostWords = 260;

    /// <summary>The most words of the overlap; a sentence that is longer isn't repeated.</summary>
    public const int OverlapWords = 40;

    // Characters: what is longer is no word, and neither people nor the index of words can use it.
    private const int LongestWord = 200;

    /// <returns>The pieces, in order.</returns>
    public static IReadOnlyList<Piece> Cut(IReadOnlyList<PdfPage> pages)
    {
        var pieces = new List<Piece>();
        var current = new List<Unit>();
        var fresh = 0; // Of the current units, those that no piece has yet.
        foreach (var unit in pages.SelectMany(UnitsOf))
        {
            if (current.Sum(earlier => earlier.Words) + unit.Words > MostWords && fresh > 0)
            {
                Close();
            }

            current.Add(unit);
            fresh++;
            if (current.Sum(earlier => earlier.Words) >= Words)
            {
                Close();
            }
        }

        if (fresh > 0)
        {
            Close();
        }

        return pieces;

        void Close()
        {
            pieces.Add(new(pieces.Count, current[0].Page, current[^1].Page, TextOf(current)));
            var overlap = current.Count;
            for (var words = 0; overlap > 1 && words + current[overlap - 1].Words <= OverlapWords; overlap--)
            {
                words += current[overlap - 1].Words;
            }

            current.RemoveRange(0, overlap);
            fresh = 0;
        }
    }

    private static IEnumerable<Unit> UnitsOf(PdfPage page)
    {
        foreach (var paragraph in page.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var isFirst = true;
            foreach (var line in paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var inLine = false;
                foreach (var sentence in SentenceSplitter.Split(line, withRest: true))
                {
                    foreach (var part in Bounded(sentence))
                    {
                        yield return new(page.Number, part, CountWords(part), isFirst ? "\n\n" : inLine ? " " : "\n");
                        (isFirst, inLine) = (false, true);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Bounded(string sentence)
    {
        string[] words = [.. sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word.Length <= LongestWord ? [word] : word.Chunk(LongestWord).Select(part => new string(part)))];
        return words.Length <= MostWords - OverlapWords ? [string.Join(' ', words)] : words.Chunk(MostWords - OverlapWords).Select(part => string.Join(' ', part));
    }

    private static int CountWords(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private static string TextOf(List<Unit> units)
    {
        var text = new StringBuilder(units[0].Text);
        foreach (var unit in units.Skip(1))
        {
            text.Append(unit.Before).Append(unit.Text);
        }

        return text.ToString();
    }

    /// <summary>A sentence, or a line that is none.</summary>
    /// <param name="Page">Its page.</param>
    /// <param name="Text">Its words.</param>
    /// <param name="Words">How many.</param>
    /// <param name="Before">What is between it and the one before.</param>
    private readonly record struct Unit(int Page, string Text, int Words, string Before);
}
