using Microsoft.Extensions.AI;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Gemini;

/// <summary>Every fault of the simulator's script.</summary>
public sealed class GeminiFaultTests : IAsyncLifetime
{
    private Simulator simulator = null!; // Set before each test.
    private ProviderHost host = null!;

    private IChatClient Chat => host.Chat("gemini");

    public async ValueTask InitializeAsync()
    {
        simulator = await Simulator.StartAsync();
        host = ProviderHost.Gemini(simulator.Gemini);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await simulator.DisposeAsync();
    }

    [Theory]
    [InlineData(401, "not-authorised", false)]
    [InlineData(404, "not-found", false)]
    [InlineData(429, "rate-limited", true)]
    [InlineData(500, "server-error", true)]
    [InlineData(502, "server-error", true)]
    [InlineData(503, "server-error", true)]
    public async Task A_status_is_a_fault_and_is_tried_once(int status, string word, bool isTransient)
    {
        Set(new() { Status = status });
        Assert.Equal((status, word, isTransient, false), (await Chat.FailureAsync()).Facts());
        Assert.Equal((status, word, isTransient, false), (await Chat.FailureAsync(streamed: true)).Facts());
        Assert.Equal(2, simulator.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_body_says_when_to_come_back(int status)
    {
        Set(new() { Status = status, RetryAfter = TimeSpan.FromSeconds(7.25) });
        Assert.Equal(TimeSpan.FromSeconds(7.25), (await Chat.FailureAsync()).Fault.RetryAfter);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refused_content_is_permanent_and_its_tokens_are_known(bool streamed)
    {
        Set(new() { Fault = Fault.ContentPolicy });
        var failure = await Chat.FailureAsync(streamed);
        Assert.Equal((200, "content-refused", false, true), failure.Facts());
        Assert.Equal(4, failure.Usage?.InputTokenCount);
    }

    [Fact]
    public async Task A_cut_stream_has_lost_its_connection_and_the_tokens_it_told_are_kept()
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
        Assert.Equal(4, failure.Usage?.InputTokenCount);
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
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prose_in_place_of_a_document_is_no_answer(bool streamed)
    {
        Set(new() { Fault = Fault.WrongDocument });
        var failure = await Chat.FailureAsync(streamed, new() { ResponseFormat = ChatResponseFormat.Json });
        Assert.Equal((200, "bad-answer", true, true), failure.Facts());
        Assert.True(failure.Usage?.OutputTokenCount > 0);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_has_cost_nothing()
    {
        await simulator.DisposeAsync();
        Assert.Equal((null, "connection-lost", true, false), (await Chat.FailureAsync()).Facts());
    }

    private void Set(FaultRule fault) => simulator.Script = new() { Faults = [fault] };
}
