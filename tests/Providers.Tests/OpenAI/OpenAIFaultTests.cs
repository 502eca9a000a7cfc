using Microsoft.Extensions.AI;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.OpenAI;

/// <summary>Every fault of the simulator's script.</summary>
public sealed class OpenAIFaultTests : IAsyncLifetime
{
    private Simulator simulator = null!; // Set before each test.
    private ProviderHost host = null!;

    private IChatClient Chat => host.Chat("openai");

    public async ValueTask InitializeAsync()
    {
        simulator = await Simulator.StartAsync();
        host = ProviderHost.OpenAI(simulator.OpenAI);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await simulator.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "not-authorised", false, false)]
    [InlineData(404, "not-found", false, false)]
    [InlineData(429, "rate-limited", true, false)]
    [InlineData(500, "server-error", true, true)]
    [InlineData(502, "server-error", true, true)]
    [InlineData(503, "server-error", true, false)]
    public async Task A_status_is_a_fault_and_is_tried_once(int status, string word, bool isTransient, bool mayHaveCost)
    {
        Set(new() { Status = status });
        Assert.Equal((status, word, isTransient, mayHaveCost), (await Chat.FailureAsync()).Facts());
        Assert.Equal((status, word, isTransient, mayHaveCost), (await Chat.FailureAsync(streamed: true)).Facts());
        Assert.Equal((status, word, isTransient, mayHaveCost), (await EmbeddingFailureAsync()).Facts());
        Assert.Equal(3, simulator.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, 429)]
    [InlineData(RetryAfterForm.Date, 429)]
    [InlineData(RetryAfterForm.Seconds, 503)]
    [InlineData(RetryAfterForm.Date, 503)]
    public async Task The_provider_says_when_to_come_back(RetryAfterForm form, int status)
    {
        Set(new() { Status = status, RetryAfter = TimeSpan.FromSeconds(7), RetryAfterForm = form });
        var wait = (await Chat.FailureAsync()).Fault.RetryAfter;
        // A date is rounded up to a second; the answer's own is rounded down, and up to a second old.
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(form == RetryAfterForm.Date ? 9 : 7));
    }

    [Fact]
    public async Task A_limit_that_is_used_up_says_when_to_come_back()
    {
        simulator.Limits = [new() { RequestsPerMinute = 1 }];
        await Chat.AskAsync();
        var failure = await Chat.FailureAsync();
        Assert.Equal("rate-limited", failure.Fault.Word);
        Assert.InRange(failure.Fault.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(Fault.ContentPolicy, 400, "content-refused")]
    [InlineData(Fault.Quota, 429, "quota-exhausted")]
    public async Task Refused_content_and_a_used_up_quota_are_permanent(Fault fault, int status, string word)
    {
        Set(new() { Fault = fault });
        Assert.Equal((status, word, false, false), (await Chat.FailureAsync()).Facts());
        Assert.Equal((status, word, false, false), (await Chat.FailureAsync(streamed: true)).Facts());
    }

    [Fact]
    public async Task A_cut_stream_has_lost_its_connection_after_what_came()
    {
        Set(new() { Fault = Fault.Cut, AfterChunks = 2 });
        List<string> pieces = [];
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in Chat.GetStreamingResponseAsync(ChatCalls.Prompt, cancellationToken: TestContext.Current.CancellationToken))
            {
                pieces.Add(update.Text);
            }
        });
        Assert.Equal((null, "connection-lost", true, true), failure.Facts());
        Assert.Equal("alpha bravo ", string.Concat(pieces));
        Assert.Null(failure.Usage);
    }

    [Theory]
    [InlineData(Fault.Cut, false, "connection-lost")]
    [InlineData(Fault.Reset, false, "connection-lost")]
    [InlineData(Fault.Reset, true, "connection-lost")]
    [InlineData(Fault.BrokenJson, false, "bad-answer")]
    [InlineData(Fault.BrokenJson, true, "bad-answer")]
    [InlineData(Fault.Empty, false, "bad-answer")]
    [InlineData(Fault.Empty, true, "bad-answer")]
    public async Task Broken_answers_are_transient_and_may_have_cost(Fault fault, bool streamed, string word)
    {
        Set(new() { Fault = fault });
        var failure = await Chat.FailureAsync(streamed);
        Assert.Equal((word, true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Theory]
    [InlineData(Fault.Cut, "connection-lost")]
    [InlineData(Fault.Reset, "connection-lost")]
    [InlineData(Fault.BrokenJson, "bad-answer")]
    [InlineData(Fault.Empty, "bad-answer")]
    public async Task Broken_embeddings_are_too(Fault fault, string word)
    {
        Set(new() { Fault = fault });
        var failure = await EmbeddingFailureAsync();
        Assert.Equal((word, true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prose_in_place_of_a_document_is_no_answer_and_has_cost_its_tokens(bool streamed)
    {
        Set(new() { Fault = Fault.WrongDocument });
        var failure = await Chat.FailureAsync(streamed, new() { ResponseFormat = ChatResponseFormat.Json });
        Assert.Equal((200, "bad-answer", true, true), failure.Facts());
        Assert.Equal(4, failure.Usage?.InputTokenCount);
        Assert.True(failure.Usage?.OutputTokenCount > 0);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_has_cost_nothing()
    {
        await simulator.DisposeAsync();
        Assert.Equal((null, "connection-lost", true, false), (await Chat.FailureAsync()).Facts());
    }

    private void Set(FaultRule fault) => simulator.Script = new() { Faults = [fault] };

    private Task<ProviderException> EmbeddingFailureAsync() => Assert.ThrowsAsync<ProviderException>(
        () => host.Embeddings().GenerateAsync([ChatCalls.Prompt], cancellationToken: TestContext.Current.CancellationToken));
}
