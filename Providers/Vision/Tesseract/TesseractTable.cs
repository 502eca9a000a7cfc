using System.Globalization;

namespace Providers.Vision.Tesseract;

/// <summary>Reads the table that Tesseract writes: a row for each page, block, paragraph, line and word.</summary>
internal static class TesseractTable
{
    private const string WordLevel = "5";

    // level, page, block, paragraph, line, word, left, top, width, height, confidence, text
    private const int Columns = 12;

    /// <exception cref="FormatException">It has another form.</exception>
    public static IReadOnlyList<TextLine> Read(string table)
    {
        var rows = table.Split('\n');
        return rows[0].StartsWith("level\tpage_num\t", StringComparison.Ordinal)
            ? [.. rows.Skip(1).Select(row => row.Split('\t', Columns))
                .Where(cells => cells is [WordLevel, ..])
                .Select(cells => cells.Length == Columns ? cells : throw new FormatException("A word has too few cells."))
                .Where(cells => !string.IsNullOrWhiteSpace(cells[^1]))
                .GroupBy(cells => (cells[1], cells[2], cells[3], cells[4]))
                .Select(words => new TextLine(
                    string.Join(' ', words.Select(cells => cells[^1].Trim())),
                    words.Average(cells => Math.Clamp(double.Parse(cells[^2], CultureInfo.InvariantCulture) / 100, 0, 1))))]
            : throw new FormatException("The table has no head.");
    }
}
