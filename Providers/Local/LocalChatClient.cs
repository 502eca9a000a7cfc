using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Providers.Local.Answers;

namespace Providers.Local;

/// <summary>
/// A chat client that answers by extraction. Where a JSON schema is asked for, the last user message is the source text, no other is read, and the
/// instruction is implied by the schema's name; else it answers a question from the material that comes with it (<see cref="AnswerWriter"/>). Usage counts words and punctuation marks
/// (<see cref="TokenCount"/>) of the text read and of the text written, so it is not comparable with the
/// token counts of a language model.
/// </summary>
internal sealed class LocalChatClient(IEnumerable<ILocalSkill> skills) : IChatClient
{
    public const string ProviderName = "local";
    public const string ModelId = "local-extractive";

    private const int PieceLength = 64;

    private readonly Dictionary<string, ILocalSkill> bySchema =
        skills.ToDictionary(skill => skill.SchemaName, StringComparer.Ordinal);

    private readonly ChatClientMetadata metadata = new(ProviderName, defaultModelId: ModelId);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        // Reading a long text takes tens of milliseconds of processor time, which the caller's thread need not spend.
        Task.Run(() => Respond(messages, options, cancellationToken), cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var piece in response.Text.Chunk(PieceLength))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Update(response, new TextContent(new string(piece)));
        }

        var last = Update(response, new UsageContent(response.Usage!)); // Respond always sets it.
        last.FinishReason = response.FinishReason;
        yield return last;
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
    }

    private ChatResponse Respond(
        IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] asked = [.. messages];
        var text = asked.LastOrDefault(message => message.Role == ChatRole.User)?.Text
            ?? throw new ArgumentException("There is no user message to take the text from.", nameof(messages));
        var answer = options?.ResponseFormat is ChatResponseFormatJson format
            ? SkillFor(format).Answer(text, format.Schema!.Value, cancellationToken) // It was found by the schema's name.
            : AnswerWriter.Write(asked, cancellationToken);

        var (read, written) = (TokenCount.Of(text), TokenCount.Of(answer));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer))
        {
            ResponseId = Guid.NewGuid().ToString("N"),
            ModelId = ModelId,
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = read, OutputTokenCount = written, TotalTokenCount = read + written },
        };
    }

    private ILocalSkill SkillFor(ChatResponseFormatJson format) =>
        format is { Schema: not null, SchemaName: { } name } && bySchema.TryGetValue(name, out var skill)
            ? skill
            : throw new NotSupportedException(
                $"The local model answers in JSON only with a schema named {string.Join(" or ", bySchema.Keys.Order())}; "
                + (format.SchemaName is null ? "none was named." : $"'{format.SchemaName}' was asked for."));

    private static ChatResponseUpdate Update(ChatResponse response, AIContent content) =>
        new(ChatRole.Assistant, [content])
        {
            ResponseId = response.ResponseId,
            MessageId = response.ResponseId,
            ModelId = response.ModelId,
        };
}
