using System.Text.Json.Serialization;

namespace Providers.Speech.Azure;

/// <summary>An answer in the detailed format.</summary>
/// <param name="RecognitionStatus">Success, or why there is nothing else.</param>
/// <param name="Alternatives">What may have been said, the likeliest first.</param>
internal sealed record SpeechAnswer(
    string? RecognitionStatus, [property: JsonPropertyName("NBest")] IReadOnlyList<SpeechAlternative>? Alternatives);

/// <summary>One of them. The REST API writes the scores beside its text, others of Azure's into an object of their own.</summary>
internal sealed record SpeechAlternative(
    double? AccuracyScore, double? FluencyScore, double? CompletenessScore, double? PronScore,
    SpeechMarks? PronunciationAssessment, IReadOnlyList<SpeechWord>? Words)
{
    public SpeechMarks Marks => PronunciationAssessment ?? new(AccuracyScore, FluencyScore, CompletenessScore, PronScore, ErrorType: null);
}

internal sealed record SpeechWord(string? Word, double? AccuracyScore, string? ErrorType, SpeechMarks? PronunciationAssessment)
{
    public SpeechMarks Marks => PronunciationAssessment ?? new(AccuracyScore, null, null, null, ErrorType);
}

internal sealed record SpeechMarks(double? AccuracyScore, double? FluencyScore, double? CompletenessScore, double? PronScore, string? ErrorType);
