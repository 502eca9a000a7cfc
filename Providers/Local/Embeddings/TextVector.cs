namespace Providers.Local.Embeddings;

/// <summary>
/// A text as one vector of length 1: its words by their stems, and the runs of letters in them, under which related words and other spellings meet.
/// Each of these features adds its weight to one dimension, which its hash chooses, or takes it away (feature hashing): what collides cancels out
/// as often as it adds up.
/// </summary>
/// <remarks>The same on every machine: nothing here is summed in an order that depends on the processor.</remarks>
internal static class TextVector
{
    /// <summary>What measured no worse than twice as many (docs/decisions/0011-rank-pieces-by-words-and-vectors.md).</summary>
    public const int Dimensions = 512;

    private const char Word = 'w';
    private const char Letters = 'l';
    private const int ShortestRun = 3;
    private const int LongestRun = 5;
    private const double WeightOfLetters = 0.5;

    /// <returns>All zero for a text without a word that says anything.</returns>
    public static float[] Of(string text)
    {
        var sums = new double[Dimensions];
        foreach (var (stem, (weight, count)) in CountStems(text))
        {
            var frequency = weight * (1 + LogOf(count));
            Add(sums, StableHash.Of(Word, stem), frequency);
            AddLetters(sums, stem, frequency);
        }

        var length = Math.Sqrt(sums.Sum(sum => sum * sum));
        return length > 0 ? [.. sums.Select(sum => (float)(sum / length))] : new float[Dimensions];
    }

    private static Dictionary<string, (double Weight, int Count)> CountStems(string text)
    {
        Dictionary<string, (double Weight, int Count)> counts = new(StringComparer.Ordinal);
        foreach (var word in WordsOf(text))
        {
            var stem = EnglishStem.Of(word);
            if (WordWeights.Of(word, stem) is > 0 and var weight)
            {
                counts[stem] = (weight, counts.GetValueOrDefault(stem).Count + 1);
            }
        }

        return counts;
    }

    private static void AddLetters(double[] sums, string stem, double weight)
    {
        var framed = $"<{stem}>";
        var runs = 0;
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            runs += Math.Max(0, framed.Length - length + 1);
        }

        // However long the word is, its letters weigh the same together.
        var each = weight * WeightOfLetters / Math.Sqrt(Math.Max(1, runs));
        for (var length = ShortestRun; length <= LongestRun; length++)
        {
            for (var start = 0; start + length <= framed.Length; start++)
            {
                Add(sums, StableHash.Of(Letters, framed.AsSpan(start, length)), each);
            }
        }
    }

    private static void Add(double[] sums, ulong hash, double weight) => sums[hash % Dimensions] += hash >> 63 == 0 ? weight : -weight;

    // Rounded, because mathematical libraries differ in the last digit.
    private static double LogOf(int count) => Math.Round(Math.Log(count), 6);

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var joins = index < text.Length && char.IsLetterOrDigit(text[index]);
            if (joins && start < 0)
            {
                start = index;
            }
            else if (!joins && start >= 0)
            {
                yield return text[start..index].ToLowerInvariant();
                start = -1;
            }
        }
    }
}
