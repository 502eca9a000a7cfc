using System.Globalization;

namespace Providers.Local.Answers;

/// <summary>A part of the material that an answer may come from.</summary>
/// <param name="Number">What it is cited by.</param>
/// <param name="Text">What it says.</param>
internal sealed record Excerpt(int Number, string Text)
{
    /// <summary>Reads "[1] A title" on the first line, and the text below; null for anything else.</summary>
    public static Excerpt? Read(string content)
    {
        var end = content.IndexOf('\n', StringComparison.Ordinal);
        var mark = content.IndexOf(']', StringComparison.Ordinal);
        return mark > 1 && mark < end && content[0] == '['
            && int.TryParse(content.AsSpan(1, mark - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, content[(end + 1)..])
            : null;
    }
}
