using Providers.Chains;

namespace Providers.Speech;

/// <summary>Asks the first of a chain that can answer.</summary>
internal sealed class GuardedAssessor(ProviderChain<IPronunciationAssessor> chain) : IPronunciationAssessor
{
    public Task<PronunciationScores> AssessAsync(
        SpeechRecording recording, string referenceText, string? language = null, CancellationToken cancellationToken = default) =>
        chain.CallAsync((assessor, token) => assessor.AssessAsync(recording, referenceText, language, token), cancellationToken);
}
