using System.Security.Cryptography;
using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Azure;

/// <summary>An assessment. The scores come from the audio's bytes: the same audio has the same ones.</summary>
internal sealed class SpeechQuestion : Question
{
    public required string Text { get; init; }

    public required byte[] Audio { get; init; }

    /// <summary>Whether any sample isn't zero.</summary>
    public required bool HasSpeech { get; init; }

    public override object Whole(Reply reply, string id, long created)
    {
        if (!HasSpeech)
        {
            return new { RecognitionStatus = "InitialSilenceTimeout", Offset = 0, Duration = 0 };
        }

        var hash = SHA256.HashData(Audio);
        var words = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return new
        {
            RecognitionStatus = "Success",
            Offset = 0,
            Duration = 10_000_000L,
            DisplayText = Text,
            NBest = new[]
            {
                new
                {
                    Confidence = 0.9,
                    Lexical = Text,
                    Display = Text,
                    AccuracyScore = Score(hash[0]),
                    FluencyScore = Score(hash[1]),
                    CompletenessScore = 100.0,
                    PronScore = Score(hash[2]),
                    Words = words.Select((word, index) => WordOf(word, Score(hash[(index + 3) % hash.Length]))).ToArray(),
                },
            },
        };
    }

    /// <summary>Nothing was understood.</summary>
    public override object Nothing(string id, long created) => new { RecognitionStatus = "NoMatch", Offset = 0, Duration = 0 };

    private static object WordOf(string word, double score) => new
    {
        Word = word,
        Offset = 0,
        Duration = 1_000_000L,
        AccuracyScore = score,
        ErrorType = score < 60 ? "Mispronunciation" : "None",
    };

    private static double Score(byte part) => 50 + (part % 51);
}
