using System.Text;
using System.Text.RegularExpressions;

namespace Providers.Local.Reading;

/// <summary>Takes a page apart into paragraphs, list items and headings; code fences and tables are left out.</summary>
internal static partial class BlockReader
{
    private const int HeadingWords = 12;

    public static List<Block> Read(string text)
    {
        List<Block> blocks = [];
        List<string> lines = [];
        var fenced = false;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = Invisible.Replace(raw, "").Replace('\u00A0', ' ').Trim();
            if (line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
                Close(lines, blocks);
            }
            else if (fenced || line.Length == 0 || line[0] == '|')
            {
                Close(lines, blocks);
            }
            else if (Underline.IsMatch(line))
            {
                CloseAsHeading(lines, blocks);
            }
            else if (line[0] == '#')
            {
                Close(lines, blocks);
                blocks.Add(new Block(line.Trim('#', ' '), IsHeading: true));
            }
            else
            {
                var item = Bullet.Match(line);
                if (item.Success)
                {
                    Close(lines, blocks);
                }

                lines.Add(line[item.Length..]);
            }
        }

        Close(lines, blocks);
        return blocks;
    }

    private static void Close(List<string> lines, List<Block> blocks)
    {
        if (lines.Count > 0 && IsHeading(lines))
        {
            blocks.Add(new Block(lines[0], IsHeading: true));
            lines.RemoveAt(0);
        }

        if (lines.Count > 0)
        {
            blocks.Add(new Block(Join(lines), IsHeading: false));
            lines.Clear();
        }
    }

    private static void CloseAsHeading(List<string> lines, List<Block> blocks)
    {
        if (lines.Count == 1)
        {
            blocks.Add(new Block(lines[0], IsHeading: true));
            lines.Clear();
        }

        Close(lines, blocks);
    }

    // A heading may stand directly above its paragraph; a first line that is only wrapped short is told apart by
    // the line below it, which then is about as long.
    private static bool IsHeading(List<string> lines)
    {
        var first = lines[0];
        return first[^1] is not ('.' or '!' or '?' or ':' or ';' or ',' or '…' or ')' or ']' or '"' or '”')
            && first.AsSpan().Count(' ') < HeadingWords
            && (lines.Count == 1 || (char.IsUpper(lines[1][0]) && first.Length * 3 < lines[1].Length * 2));
    }

    private static string Join(List<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            // A word broken at a hyphen keeps it: whether the hyphen belongs to the word cannot be known here.
            var broken = text.Length > 1 && text[^1] == '-' && char.IsLetter(text[^2]) && char.IsLower(line[0]);
            if (text.Length > 0 && !broken)
            {
                text.Append(' ');
            }

            text.Append(line);
        }

        return Spaces.Replace(text.ToString(), " ");
    }

    [GeneratedRegex(@"^([-*•‣·▪◦]|\(?\d{1,3}[.)]|\([a-z]\))\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Bullet { get; }

    [GeneratedRegex("^(=+|-{3,}|_{3,}|\\*{3,})$", RegexOptions.NonBacktracking)]
    private static partial Regex Underline { get; }

    [GeneratedRegex("[\u00AD\u200B-\u200F\u2060\uFEFF]", RegexOptions.NonBacktracking)]
    private static partial Regex Invisible { get; }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces { get; }
}
