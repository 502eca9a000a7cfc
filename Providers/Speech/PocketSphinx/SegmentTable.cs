using System.Globalization;

namespace Providers.Speech.PocketSphinx;

/// <summary>Finds the table of segments in the recogniser's log.</summary>
internal static class SegmentTable
{
    private const string LeftOut = "(NULL)";
    private const NumberStyles Signed = NumberStyles.AllowLeadingSign;

    /// <returns>None where nothing was recognised.</returns>
    /// <exception cref="FormatException">It has another form.</exception>
    public static IReadOnlyList<Segment> Read(string log) =>
    [
        .. log.Split('\n')
            .SkipWhile(line => Cells(line) is not ["word", "start", "end", "pprob", "ascr", ..])
            .Skip(1)
            .Select(Cells)
            .TakeWhile(cells => cells.Length == 7)
            .Select(cells => new Segment(cells[0], Number(cells[1]), Number(cells[2]), Number(cells[4])))
            // Steps that take no time aren't sounds, such as a word that was left out.
            .Where(segment => segment.Frames > 0 && segment.Label != LeftOut),
    ];

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string cell) => int.Parse(cell, Signed, CultureInfo.InvariantCulture);
}
