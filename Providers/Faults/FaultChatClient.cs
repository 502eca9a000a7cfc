using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Providers.Faults;

/// <summary>
/// Lets a provider's chat client fail with <see cref="ProviderException"/> and nothing else, also in the midst of a stream, and
/// with what an answer makes useless though it came with a status of 200.
/// </summary>
internal sealed class FaultChatClient(IChatClient inner, FaultReader faults) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var silence = faults.Listen(cancellationToken);
        var answer = new AnswerWatch(options);
        silence.Begin();
        try
        {
            var response = await base.GetResponseAsync(messages, options, silence.Token);
            answer.See(response);
            return answer.Fault is { } fault ? throw faults.Failure(fault, answer.Usage) : response;
        }
        catch (Exception exception) when (faults.Read(exception, silence, answer.Usage) is { } failure)
        {
            throw failure;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = faults.Listen(cancellationToken);
        var answer = new AnswerWatch(options);
        await using var updates = base.GetStreamingResponseAsync(messages, options, silence.Token).GetAsyncEnumerator(silence.Token);
        while (await NextAsync(updates, answer, silence))
        {
            yield return updates.Current;
        }

        if (answer.StreamFault is { } fault)
        {
            throw faults.Failure(fault, answer.Usage);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, AnswerWatch answer, Silence silence)
    {
        silence.Begin();
        try
        {
            var isThere = await updates.MoveNextAsync();
            if (isThere)
            {
                answer.See(updates.Current);
            }

            return isThere;
        }
        catch (Exception exception) when (faults.Read(exception, silence, answer.Usage) is { } failure)
        {
            throw failure;
        }
        finally
        {
            silence.End();
        }
    }
}
