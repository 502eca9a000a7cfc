using Microsoft.Extensions.AI;

namespace Providers.Tests.Wire;

/// <summary>What tests of both providers ask and expect.</summary>
internal static class ChatCalls
{
    public const string Prompt = "alpha bravo charlie delta";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    extension(IChatClient chat)
    {
        public Task<ChatResponse> AskAsync(ChatOptions? options = null) => chat.GetResponseAsync(Prompt, options, Token);

        public async Task<List<ChatResponseUpdate>> StreamAsync(ChatOptions? options = null) =>
            await chat.GetStreamingResponseAsync(Prompt, options, Token).ToListAsync(Token);

        public Task<ProviderException> FailureAsync(bool streamed = false, ChatOptions? options = null) =>
            Assert.ThrowsAsync<ProviderException>(() => streamed ? chat.StreamAsync(options) : chat.AskAsync(options));
    }

    /// <returns>Status, word, transient or not, and whether it may have cost.</returns>
    public static (int?, string, bool, bool) Facts(this ProviderException exception) =>
        (exception.Fault.Status, exception.Fault.Word, exception.Fault.IsTransient, exception.Fault.MayHaveCost);
}
