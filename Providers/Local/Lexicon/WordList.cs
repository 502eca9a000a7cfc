using System.Collections.Frozen;

namespace Providers.Local.Lexicon;

internal static class WordList
{
    public static FrozenSet<string> Of(params IEnumerable<string> lists) =>
        lists.SelectMany(list => list.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.Ordinal);
}
