using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Providers.Gemini;

/// <summary>Chats with Gemini.</summary>
internal sealed class GeminiChatClient(GeminiHttp http, GeminiOptions options) : IChatClient
{
    private readonly ChatClientMetadata metadata = new(GeminiOptions.ProviderName, options.Endpoint, options.Model);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var model = ModelOf(options);
        var answer = await http.AskAsync(model, GeminiQuestion.Of(messages, options), cancellationToken);
        return new(new ChatMessage(ChatRole.Assistant, [.. answer.Contents]) { MessageId = answer.ResponseId })
        {
            ResponseId = answer.ResponseId,
            ModelId = answer.ModelVersion ?? model,
            FinishReason = answer.Finish,
            Usage = answer.UsageMetadata?.Details,
            RawRepresentation = answer,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var model = ModelOf(options);
        GeminiUsage? told = null;
        await foreach (var answer in http.StreamAsync(model, GeminiQuestion.Of(messages, options), cancellationToken))
        {
            List<AIContent> contents = [.. answer.Contents];
            if (answer.UsageMetadata is { } usage && usage != told)
            {
                contents.Add(new UsageContent(usage.Since(told)));
                told = usage;
            }

            yield return new(ChatRole.Assistant, contents)
            {
                ResponseId = answer.ResponseId,
                MessageId = answer.ResponseId,
                ModelId = answer.ModelVersion ?? model,
                FinishReason = answer.Finish,
                RawRepresentation = answer,
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // The connections are GeminiHttp's.
    }

    private string ModelOf(ChatOptions? asked) => GeminiModel.NameOf(asked?.ModelId ?? options.Model!); // The options are validated.
}
