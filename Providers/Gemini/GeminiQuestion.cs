using Microsoft.Extensions.AI;

namespace Providers.Gemini;

/// <summary>Writes a chat as Gemini reads it.</summary>
internal static class GeminiQuestion
{
    /// <exception cref="NotSupportedException">It has something other than text, or tools.</exception>
    public static GeminiRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 })
        {
            throw new NotSupportedException("Gemini is asked without tools here.");
        }

        List<GeminiPart> instructions = string.IsNullOrEmpty(options?.Instructions) ? [] : [new(options.Instructions)];
        List<GeminiContent> contents = [];
        foreach (var message in messages)
        {
            var parts = PartsOf(message);
            if (message.Role == ChatRole.System)
            {
                instructions.AddRange(parts);
            }
            else if (parts.Count > 0)
            {
                contents.Add(new(RoleOf(message), parts));
            }
        }

        return new(contents, instructions.Count > 0 ? new(Role: null, instructions) : null, options is null ? null : ConfigOf(options));
    }

    private static string RoleOf(ChatMessage message) => message.Role == ChatRole.User ? "user"
        : message.Role == ChatRole.Assistant ? "model"
        : throw new NotSupportedException($"Gemini has no role '{message.Role}' here.");

    private static List<GeminiPart> PartsOf(ChatMessage message) => [.. message.Contents
        .Where(content => content is not (UsageContent or TextReasoningContent or TextContent { Text: null or "" }))
        .Select(content => content is TextContent text
            ? new GeminiPart(text.Text)
            : throw new NotSupportedException($"Gemini is asked with text only here, not with {content.GetType().Name}."))];

    private static GenerationConfig ConfigOf(ChatOptions options) => new()
    {
        Temperature = options.Temperature,
        TopP = options.TopP,
        TopK = options.TopK,
        MaxOutputTokens = options.MaxOutputTokens,
        StopSequences = options.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
        Seed = options.Seed,
        PresencePenalty = options.PresencePenalty,
        FrequencyPenalty = options.FrequencyPenalty,
        ResponseMimeType = options.ResponseFormat is ChatResponseFormatJson ? "application/json" : null,
        ResponseJsonSchema = (options.ResponseFormat as ChatResponseFormatJson)?.Schema,
    };
}
