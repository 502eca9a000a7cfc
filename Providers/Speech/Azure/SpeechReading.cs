using System.Text.Json;
using Providers.Faults;

namespace Providers.Speech.Azure;

/// <summary>Reads Azure's answers.</summary>
internal static class SpeechReading
{
    extension(SpeechAnswer answer)
    {
        /// <returns>Null where there are scores.</returns>
        public ProviderFault? Fault => answer.RecognitionStatus == "Success" ? null : AzureFaults.Speech(200, answer.RecognitionStatus);

        /// <exception cref="JsonException">They aren't there, or aren't any.</exception>
        public PronunciationScores Scores
        {
            get
            {
                var best = answer.Alternatives is [{ } first, ..] ? first : throw new JsonException("There is no alternative.");
                var marks = best.Marks;
                return new(
                    Score(marks.AccuracyScore), Score(marks.FluencyScore), Score(marks.CompletenessScore), Score(marks.PronScore),
                    [.. (best.Words ?? []).Select(ScoreOf)]);
            }
        }
    }

    private static WordScore ScoreOf(SpeechWord word)
    {
        var error = word.Marks.ErrorType switch
        {
            null or "" or "None" => WordError.None,
            "Mispronunciation" => WordError.Mispronunciation,
            "Omission" => WordError.Omission,
            "Insertion" => WordError.Insertion,
            _ => WordError.NotAssessed, // Azure adds kinds, such as those of prosody.
        };
        return new(
            word.Word ?? throw new JsonException("A word has no text."),
            error is WordError.Omission || word.Marks.AccuracyScore is null ? null : Score(word.Marks.AccuracyScore),
            error);
    }

    private static double Score(double? score) => score is >= 0 and <= 100 ? score.Value : throw new JsonException("A score is not 0 to 100.");
}
