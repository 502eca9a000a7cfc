using System.Text;
using Microsoft.Extensions.AI;

namespace Providers.Guard.Calls;

/// <summary>How many tokens a model reads at most, without its tokenizer.</summary>
internal static class TokenEstimate
{
    // Tokenizers have 4 to 5 bytes a token of English, 3 to 4 of other languages, and no fewer of code; what they add around a
    // message is below ten.
    private const int BytesPerToken = 3;
    private const int PerMessage = 10;
    private const int PerAttachment = 1500;

    public static long Of(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var tokens = OfText(options.Instructions) + (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? OfText(schema.GetRawText()) : 0);
        foreach (var message in messages)
        {
            tokens += PerMessage;
            foreach (var content in message.Contents)
            {
                tokens += content is TextContent text ? OfText(text.Text) : PerAttachment;
            }
        }

        return tokens;
    }

    public static long Of(IEnumerable<string> texts) => texts.Sum(OfText);

    private static long OfText(string? text) => text is null ? 0 : (Encoding.UTF8.GetByteCount(text) + BytesPerToken - 1) / BytesPerToken;
}
