using System.ClientModel;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

/// <summary>Each fault, as the official client sees it, and as the record has it.</summary>
public sealed class FaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, "invalid_api_key")]
    [InlineData(429, "rate_limit_exceeded")]
    [InlineData(500, "server_error")]
    [InlineData(502, "server_error")]
    [InlineData(503, "server_error")]
    public async Task A_status_is_answered_in_OpenAIs_form(int status, string word)
    {
        await using var simulator = await SimulatorWith(new() { Status = status });

        var exception = await Assert.ThrowsAsync<ClientResultException>(() => simulator.AskAsync());

        Assert.Equal(status, exception.Status);
        Assert.Contains(word, exception.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
        AssertRecord(simulator, CallOutcome.Refused, status, tokens: 0);
    }

    [Fact]
    public async Task Refused_content_and_a_used_up_quota_have_codes_of_their_own()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Fault = Fault.ContentPolicy, Next = 1 }, new() { Fault = Fault.Quota }] };

        var policy = await Assert.ThrowsAsync<ClientResultException>(() => simulator.AskAsync());
        var quota = await Assert.ThrowsAsync<ClientResultException>(() => simulator.AskAsync());

        Assert.Equal((400, "content_policy_violation"), (policy.Status, CodeOf(policy)));
        Assert.Equal((429, "insufficient_quota"), (quota.Status, CodeOf(quota)));
        Assert.False(quota.GetRawResponse()!.Headers.TryGetValue("Retry-After", out _));
    }

    [Fact]
    public async Task A_cut_stream_ends_after_its_chunks_without_an_end()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Cut, AfterChunks = 2 });
        List<string> pieces = [];

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await foreach (var update in simulator.Chat().GetStreamingResponseAsync("one two three four", cancellationToken: Cancelled))
            {
                pieces.Add(update.Text);
            }
        });

        Assert.Equal(["one ", "two "], pieces.Where(piece => piece.Length > 0));
        AssertRecord(simulator, CallOutcome.Cut, 200, tokens: 6);
    }

    [Fact]
    public async Task A_cut_document_is_shorter_than_it_was_said_to_be()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Cut });

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => simulator.AskAsync());

        Assert.Equal(HttpRequestError.ResponseEnded, Causes(exception).OfType<HttpIOException>().First().HttpRequestError);
        AssertRecord(simulator, CallOutcome.Cut, 200, tokens: 8);
    }

    [Fact]
    public async Task A_reset_connection_is_one_to_the_client_too()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Reset });

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => simulator.AskAsync());

        Assert.Equal(SocketError.ConnectionReset, Causes(exception).OfType<SocketException>().First().SocketErrorCode);
        AssertRecord(simulator, CallOutcome.Reset, null, tokens: 0);
    }

    [Fact]
    public async Task A_hanging_call_is_open_until_its_client_leaves()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Hang });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var call = simulator.Chat().GetResponseAsync("Hello?", cancellationToken: patience.Token);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
        Assert.Null(simulator.Record.Read().Calls[0].Ended);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
        AssertRecord(simulator, CallOutcome.Left, null, tokens: 0);
    }

    [Fact]
    public async Task A_stream_can_hang_after_its_chunks()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Hang, AfterChunks = 1 });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        List<string> pieces = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in simulator.Chat().GetStreamingResponseAsync("one two three", cancellationToken: patience.Token))
            {
                pieces.Add(update.Text);
                if (update.Text.Length > 0)
                {
                    patience.CancelAfter(TimeSpan.FromMilliseconds(200));
                }
            }
        });

        Assert.Equal("one ", string.Concat(pieces));
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
        AssertRecord(simulator, CallOutcome.Left, 200, tokens: 4);
    }

    [Fact]
    public async Task Stopping_leaves_no_hanging_call_behind()
    {
        var simulator = await SimulatorWith(new() { Fault = Fault.Hang });
        var call = simulator.AskAsync();
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);

        await simulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4), Cancelled); // The host's own patience ends after 5.

        Assert.Contains(Causes(await Assert.ThrowsAnyAsync<Exception>(() => call)), cause => cause is IOException); // No answer of any kind.
        AssertRecord(simulator, CallOutcome.Left, null, tokens: 0);
    }

    [Fact]
    public async Task Broken_JSON_cannot_be_read()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.BrokenJson });

        Assert.IsAssignableFrom<JsonException>(Causes(await Assert.ThrowsAnyAsync<Exception>(() => simulator.AskAsync())).Last());
        Assert.IsAssignableFrom<JsonException>(Causes(await Assert.ThrowsAnyAsync<Exception>(
            () => simulator.Chat().GetStreamingResponseAsync("one two", cancellationToken: Cancelled).ToListAsync(Cancelled).AsTask())).Last());
    }

    [Fact]
    public async Task A_wrong_document_is_prose_where_a_document_was_asked_for()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.WrongDocument });

        var response = await simulator.Chat().GetResponseAsync<string[]>("Name two organelles.", cancellationToken: Cancelled);

        Assert.False(response.TryGetResult(out _));
        Assert.Contains("Name two organelles", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_no_error_and_has_nothing_in_it()
    {
        await using var simulator = await SimulatorWith(new() { Fault = Fault.Empty });

        var response = await simulator.AskAsync();
        var streamed = await simulator.Chat().GetStreamingResponseAsync("one two", cancellationToken: Cancelled).ToChatResponseAsync(Cancelled);
        using var vectors = await simulator.PostAsync("/v1/embeddings", new { model = "e", input = "a cell" });

        Assert.Equal(("", 0), (response.Text, response.Usage!.OutputTokenCount));
        Assert.Equal("", streamed.Text);
        Assert.Contains("\"data\":[]", await vectors.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static async Task<Simulator> SimulatorWith(FaultRule fault)
    {
        var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [fault] };
        return simulator;
    }

    private static void AssertRecord(Simulator simulator, CallOutcome outcome, int? status, long tokens)
    {
        var call = Assert.Single(simulator.Record.Read().Calls);
        Assert.Equal((outcome, status, tokens), (call.Outcome, call.Status, call.PromptTokens + call.CompletionTokens));
        Assert.True(call.Ended >= call.Arrived);
    }

    private static string? CodeOf(ClientResultException exception) =>
        JsonElement.Parse(exception.GetRawResponse()!.Content.ToString()).GetProperty("error").GetProperty("code").GetString();

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
