namespace ProviderSimulator.Answers;

/// <summary>
/// A vector of length 1 that depends on the words of a text and on nothing else: the same words give the same one, and
/// texts that share words are nearer than those that don't.
/// </summary>
public static class WordVector
{
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = Hash(word);
            vector[hash % (uint)dimensions] += (hash & 0x8000_0000) == 0 ? 1 : -1;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length == 0)
        {
            // The words cancelled each other out.
            (vector[0], length) = (1, 1);
        }

        return Array.ConvertAll(vector, value => value / length);
    }

    /// <summary>FNV-1a: <see cref="string.GetHashCode()"/> differs from process to process.</summary>
    private static uint Hash(string word)
    {
        var hash = 2166136261;
        foreach (var character in word)
        {
            hash = unchecked((hash ^ char.ToLowerInvariant(character)) * 16777619);
        }

        return hash;
    }
}
