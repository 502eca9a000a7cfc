namespace Providers;

/// <summary>How well a text was read aloud; each score is 0 to 100.</summary>
/// <param name="Accuracy">How near the sounds are to those of the text.</param>
/// <param name="Fluency">How little the speaker paused.</param>
/// <param name="Completeness">How much of the text was said.</param>
/// <param name="Pronunciation">All of it in one score.</param>
/// <param name="Words">The words of the text, and those that were said besides, in order.</param>
public sealed record PronunciationScores(
    double Accuracy, double Fluency, double Completeness, double Pronunciation, IReadOnlyList<WordScore> Words);
