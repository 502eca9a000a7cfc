using Microsoft.Extensions.AI;

namespace Providers.Gemini;

/// <summary>Reads Gemini's answers.</summary>
internal static class GeminiReading
{
    extension(GeminiAnswer answer)
    {
        public IEnumerable<AIContent> Contents => (answer.Candidate?.Content?.Parts ?? []).Where(part => part.Text is not null)
            .Select(part => part.Thought is true ? new TextReasoningContent(part.Text) : (AIContent)new TextContent(part.Text));

        /// <summary>Null in a piece of a stream that is not the last.</summary>
        public ChatFinishReason? Finish => answer.PromptFeedback?.BlockReason is not null ? ChatFinishReason.ContentFilter
            : answer.Candidate?.FinishReason switch
            {
                null or "" or "FINISH_REASON_UNSPECIFIED" => null,
                "STOP" => ChatFinishReason.Stop,
                "MAX_TOKENS" => ChatFinishReason.Length,
                "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "IMAGE_SAFETY" => ChatFinishReason.ContentFilter,
                var other => new ChatFinishReason(other.ToLowerInvariant()),
            };

        // One answer is asked for.
        private GeminiCandidate? Candidate => answer.Candidates is [var first, ..] ? first : null;
    }

    extension(GeminiUsage usage)
    {
        public UsageDetails Details => usage.Since(null);

        /// <summary>What was added: whoever reads a stream adds up what its pieces tell, and Gemini tells the sum each time.</summary>
        public UsageDetails Since(GeminiUsage? earlier) => new()
        {
            InputTokenCount = Difference(usage.PromptTokenCount, earlier?.PromptTokenCount),
            // Thoughts are paid for as what is written.
            OutputTokenCount = Difference(usage.Written, earlier?.Written),
            ReasoningTokenCount = Difference(usage.ThoughtsTokenCount, earlier?.ThoughtsTokenCount),
            CachedInputTokenCount = Difference(usage.CachedContentTokenCount, earlier?.CachedContentTokenCount),
            TotalTokenCount = Difference(usage.TotalTokenCount, earlier?.TotalTokenCount),
        };

        private long? Written => usage.CandidatesTokenCount is null && usage.ThoughtsTokenCount is null
            ? null
            : (usage.CandidatesTokenCount ?? 0) + (usage.ThoughtsTokenCount ?? 0);
    }

    private static long? Difference(long? now, long? earlier) => now is null ? null : now - (earlier ?? 0);
}
