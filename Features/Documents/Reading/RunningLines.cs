using System.Globalization;
using System.Text.RegularExpressions;

namespace Features.Documents.Reading;

/// <summary>
/// Takes away what is printed on every page beside its text: page numbers, and titles of the book and its chapters. In the middle of a sentence
/// that goes on overleaf they would be read as part of it.
/// </summary>
internal static partial class RunningLines
{
    private const int FewestPages = 4;
    private const int LongestLine = 120; // Characters.
    private const double Numbered = 0.5; // Of the pages: then numbers at this distance from the page's own are page numbers.
    private const double Repeated = 0.3;

    /// <returns>The pages without such lines at their beginning and end.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Without(IReadOnlyList<IReadOnlyList<string>> pages)
    {
        if (pages.Count < FewestPages)
        {
            return pages;
        }

        var ends = pages.Select(EndsOf).ToList();
        var offset = OffsetOf(ends);
        var repeated = ends
            .SelectMany(lines => lines.Select(line => Shape(line.Text)).Distinct(StringComparer.Ordinal))
            .CountBy(shape => shape, StringComparer.Ordinal)
            .Where(shape => shape.Value >= Math.Max(FewestPages - 1, pages.Count * Repeated))
            .Select(shape => shape.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. pages.Select((page, index) =>
            {
                var running = ends[index]
                    .Where(line => repeated.Contains(Shape(line.Text)) || (offset is { } distance && NumbersOf(line.Text).Contains(index + distance)))
                    .Select(line => line.At)
                    .ToHashSet();
                return running.Count == 0 ? page : (IReadOnlyList<string>)[.. page.Where((_, at) => !running.Contains(at))];
            }),
        ];
    }

    private static List<(int At, string Text)> EndsOf(IReadOnlyList<string> page)
    {
        var filled = Enumerable.Range(0, page.Count).Where(at => page[at].Length > 0).ToList();
        return [.. new[] { filled.FirstOrDefault(-1), filled.LastOrDefault(-1) }.Distinct().Where(at => at >= 0 && page[at].Length <= LongestLine).Select(at => (at, page[at]))];
    }

    // By how much the printed number is above the page's index; null where pages aren't numbered.
    private static int? OffsetOf(List<List<(int At, string Text)>> ends)
    {
        var offsets = ends
            .SelectMany((lines, index) => lines.SelectMany(line => NumbersOf(line.Text)).Select(number => number - index).Distinct())
            .CountBy(offset => offset)
            .ToList();
        return offsets.Count > 0 && offsets.MaxBy(offset => offset.Value) is var most && most.Value >= ends.Count * Numbered ? most.Key : null;
    }

    // A page's number is the first or the last word of its line.
    private static IEnumerable<int> NumbersOf(string line) => EdgeNumbers().Matches(line)
        .Select(match => int.TryParse(match.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
        .Where(number => number >= 0);

    private static string Shape(string line) => Digits().Replace(line, "#");

    [GeneratedRegex(@"^\d{1,5}(?=\s|$)|(?<=\s)\d{1,5}$")]
    private static partial Regex EdgeNumbers();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
