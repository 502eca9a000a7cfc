using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;

namespace Providers.Faults;

/// <summary>Looks at an answer as it comes, whether it is one.</summary>
internal sealed class AnswerWatch(ChatOptions? options)
{
    /// <summary>What Microsoft.Extensions.AI calls a model's own refusal to fill in a schema.</summary>
    private const string Refusal = "Refusal";

    private readonly StringBuilder? document = options?.ResponseFormat is ChatResponseFormatJson ? new() : null;
    private ChatFinishReason? finish;
    private bool hasContent;
    private bool hasRefusal;

    /// <summary>The tokens that it took, as far as the provider has said; null if it hasn't.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>What is wrong with it, now that it is all here; null for nothing.</summary>
    public ProviderFault? Fault => this switch
    {
        _ when hasRefusal || finish == ChatFinishReason.ContentFilter => Failed(FaultWords.ContentRefused),
        // Cut short by the caller's own limit of tokens; another call would be too.
        _ when finish == ChatFinishReason.Length => null,
        _ when !hasContent || !IsDocument() => Failed(FaultWords.BadAnswer),
        _ => null,
    };

    /// <summary>The same of a stream, which may have ended in good order though it was cut.</summary>
    public ProviderFault? StreamFault => finish is null && !hasRefusal ? Failed(FaultWords.ConnectionLost) : Fault;

    public void See(ChatResponse response)
    {
        (finish, Usage) = (response.FinishReason, response.Usage);
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            See(content);
        }
    }

    public void See(ChatResponseUpdate update)
    {
        finish = update.FinishReason ?? finish;
        // Of a stream, Microsoft.Extensions.AI 10.11 leaves refusals out.
        hasRefusal |= update.RawRepresentation is StreamingChatCompletionUpdate { RefusalUpdate.Length: > 0 };
        foreach (var content in update.Contents)
        {
            See(content);
        }
    }

    private void See(AIContent content)
    {
        switch (content)
        {
            case UsageContent usage:
                (Usage ??= new()).Add(usage.Details);
                break;
            case ErrorContent error:
                hasRefusal |= error.ErrorCode == Refusal;
                break;
            case TextReasoningContent:
                break;
            case TextContent text:
                hasContent |= !string.IsNullOrEmpty(text.Text);
                document?.Append(text.Text);
                break;
            default:
                hasContent = true;
                break;
        }
    }

    private static ProviderFault Failed(string word) => new(word) { MayHaveCost = true, Status = 200 };

    private bool IsDocument()
    {
        if (document is not { Length: > 0 })
        {
            return true;
        }

        try
        {
            using var parsed = JsonDocument.Parse(document.ToString());
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
