using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Providers.Chains;
using Queueing;

namespace Providers.Chat;

/// <summary>
/// Asks the first provider that can answer. The job's usage says which one did, and why no earlier one. In an attempt's scope the
/// calls are the attempt's.
/// </summary>
internal sealed class ChatChain(IReadOnlyList<ChatLink> links, CurrentJob job) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        var passedOver = new PassedOver();
        foreach (var link in links)
        {
            try
            {
                return await link.AskAsync(asked, options, job.Context, passedOver.Why, cancellationToken);
            }
            catch (Exception exception) when (passedOver.Add(link.Provider, exception))
            {
                // The next may answer.
            }
        }

        throw passedOver.Failure();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        var passedOver = new PassedOver();
        foreach (var link in links)
        {
            await using var pieces = link.StreamAsync(asked, options, job.Context, passedOver.Why, cancellationToken).GetAsyncEnumerator(cancellationToken);
            bool isThere;
            try
            {
                isThere = await pieces.MoveNextAsync();
            }
            catch (Exception exception) when (passedOver.Add(link.Provider, exception))
            {
                continue;
            }

            // From the first piece on it is this provider's answer, also if it breaks off.
            for (; isThere; isThere = await pieces.MoveNextAsync())
            {
                yield return pieces.Current;
            }

            yield break;
        }

        throw passedOver.Failure();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : links[0].Client.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The clients are the host's.
    }
}
