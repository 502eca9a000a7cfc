namespace Providers;

/// <summary>Says how well a text was read aloud.</summary>
public interface IPronunciationAssessor
{
    /// <summary>Makes one call, without retries.</summary>
    /// <param name="recording">What was said.</param>
    /// <param name="referenceText">What was to be said: 1 to <see cref="ReferenceText.Longest"/> characters.</param>
    /// <param name="language">Its language, such as <c>en-US</c>; the configured one if null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The reference text is empty or too long, or the language is no name of one.</exception>
    /// <exception cref="ProviderException">The call failed.</exception>
    Task<PronunciationScores> AssessAsync(
        SpeechRecording recording, string referenceText, string? language = null, CancellationToken cancellationToken = default);
}
