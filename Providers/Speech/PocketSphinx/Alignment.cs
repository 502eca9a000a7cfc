namespace Providers.Speech.PocketSphinx;

/// <summary>
/// Scores from two readings of a recording: one that must find the words of the text, and one that may find any sounds. Where the second
/// fits much better than the first, something else was said. What the numbers were chosen by is in docs/providers.md.
/// </summary>
internal static class Alignment
{
    // By how much a frame of the text's own sounds may fit worse than that of any, for half of the score; and how fast it falls there.
    private const double HalfScore = -25;
    private const double Slope = 5;

    private const double Mispronounced = 50;
    private const int AllowedPause = 20; // Frames, 0.2 s.

    /// <param name="reference">The text.</param>
    /// <param name="words">The first reading.</param>
    /// <param name="sounds">The second one.</param>
    /// <exception cref="FormatException">The readings aren't of the same text or recording.</exception>
    public static PronunciationScores Score(Reference reference, IReadOnlyList<Segment> words, IReadOnlyList<Segment> sounds)
    {
        if (sounds.Count == 0)
        {
            throw new FormatException("There is no second reading.");
        }

        var free = PerFrame(sounds);
        List<WordScore> scores = [];
        var next = 0;
        foreach (var word in reference.Words)
        {
            // Of a word that comes twice, and was said once, either may be the one: it makes no difference to the sums.
            var isNext = next < words.Count && words[next].Word == word;
            scores.Add(isNext ? Said(word, words[next++], free)
                : new(word, Accuracy: null, reference.Knows(word) ? WordError.Omission : WordError.NotAssessed));
        }

        if (next < words.Count)
        {
            throw new FormatException("A word was found that is not in the text.");
        }

        var judged = scores.Count(score => score.Error != WordError.NotAssessed);
        var accuracy = words.Count == 0 ? 0 : scores.Average(score => score.Accuracy) ?? 0;
        var completeness = judged == 0 ? 0 : 100.0 * words.Count / judged;
        var fluency = Fluency(words);
        var lowest = Math.Min(accuracy, Math.Min(completeness, fluency));
        var overall = (0.4 * lowest) + (0.2 * (accuracy + completeness + fluency));
        return new(Rounded(accuracy), Rounded(fluency), Rounded(completeness), Rounded(overall), scores);
    }

    private static WordScore Said(string word, Segment segment, ReadOnlySpan<double> free)
    {
        if (segment.Start < 0 || segment.End >= free.Length)
        {
            throw new FormatException("The two readings are of different lengths.");
        }

        double sum = 0;
        foreach (var frame in free[segment.Start..(segment.End + 1)])
        {
            sum += frame;
        }

        var difference = segment.PerFrame - (sum / segment.Frames);
        var accuracy = Rounded(100 / (1 + Math.Exp((HalfScore - difference) / Slope)));
        return new(word, accuracy, accuracy < Mispronounced ? WordError.Mispronunciation : WordError.None);
    }

    /// <summary>The part of the time from the first word to the last that isn't pauses, each beyond what is usual.</summary>
    private static double Fluency(IReadOnlyList<Segment> words)
    {
        if (words.Count == 0)
        {
            return 0;
        }

        var pauses = words.Zip(words.Skip(1), (word, after) => Math.Max(0, after.Start - word.End - 1 - AllowedPause)).Sum();
        return 100 * (1 - ((double)pauses / (words[^1].End - words[0].Start + 1)));
    }

    private static double[] PerFrame(IReadOnlyList<Segment> sounds) =>
        [.. sounds.SelectMany(sound => Enumerable.Repeat(sound.PerFrame, sound.Frames))];

    private static double Rounded(double score) => Math.Round(score, 1);
}
