using System.Text.RegularExpressions;

namespace Providers.Speech.PocketSphinx;

/// <summary>The words of a text, and how the dictionary says that they are pronounced.</summary>
internal sealed partial class Reference
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> entries = [];

    /// <param name="text">The text.</param>
    /// <param name="dictionary">The lines of a dictionary: a word, which may have a number in parentheses, and its phones.</param>
    public Reference(string text, IEnumerable<string> dictionary)
    {
        Words = [.. WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant().Replace('’', '\''))];
        var asked = Words.ToHashSet(StringComparer.Ordinal);
        foreach (var entry in dictionary)
        {
            var label = entry.AsSpan(0, Math.Max(0, entry.IndexOf(' ')));
            var word = label.IndexOf('(') is var numbered and > 0 ? label[..numbered] : label;
            if (asked.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var same))
            {
                known.Add(same);
                entries.Add(entry);
            }
        }
    }

    public IReadOnlyList<string> Words { get; }

    /// <summary>The dictionary without all other words.</summary>
    public IReadOnlyList<string> Entries => entries;

    public bool Knows(string word) => known.Contains(word);

    /// <summary>The words in their order, each of which may be left out at a price.</summary>
    public IEnumerable<string> Grammar()
    {
        const string Said = "0.999";
        const string LeftOut = "0.001";
        yield return "FSG_BEGIN reference";
        yield return $"NUM_STATES {Words.Count + 1}";
        yield return "START_STATE 0";
        yield return $"FINAL_STATE {Words.Count}";
        for (var at = 0; at < Words.Count; at++)
        {
            if (Knows(Words[at]))
            {
                yield return $"TRANSITION {at} {at + 1} {Said} {Words[at]}";
                yield return $"TRANSITION {at} {at + 1} {LeftOut}";
            }
            else
            {
                yield return $"TRANSITION {at} {at + 1} 1";
            }
        }

        yield return "FSG_END";
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(['’][\p{L}]+)*")]
    private static partial Regex WordPattern();
}
