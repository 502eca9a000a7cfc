using System.Text;

namespace Features.Documents.Reading;

/// <summary>Makes paragraphs of a page's lines.</summary>
internal static class Paragraphs
{
    // A line that goes nearly as far as the longest ones was broken because it was full; a shorter one ended there.
    private const double Full = 0.75;

    /// <returns>
    /// Paragraphs with an empty line between them. Full lines are joined with the next, and words that were cut at the end of one are whole
    /// again; shorter lines, as of lists, tables and programs, stay lines.
    /// </returns>
    public static string Of(IReadOnlyList<string> lines)
    {
        var full = lines.Count == 0 ? 0 : lines.Max(line => line.Length) * Full;
        var text = new StringBuilder();
        string? before = null;
        foreach (var line in lines)
        {
            if (line.Length == 0)
            {
                before = null;
                continue;
            }

            if (before is null)
            {
                text.Append(text.Length == 0 ? "" : "\n\n");
            }
            else if (IsCut(before, line))
            {
                text.Length--;
            }
            else
            {
                text.Append(before.Length >= full && !IsItem(line) ? ' ' : '\n');
            }

            text.Append(line);
            before = line;
        }

        return text.ToString();
    }

    private static bool IsCut(string line, string next) =>
        line.Length > 2 && line[^1] is '-' or '‐' && char.IsLetter(line[^2]) && char.IsLower(next[0]);

    private static bool IsItem(string line) => line[0] is '•' or '–' or '—' or '∗' or '*' or '·' || line.StartsWith("- ", StringComparison.Ordinal);
}
