using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class RecordTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_recorded_with_all_that_a_judge_wants_to_know()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero).AddTicks(12345));
        await using var simulator = await Simulator.StartAsync(time: time);
        var body = JsonSerializer.SerializeToUtf8Bytes(Clients.Question("one two three"));
        using var request = new HttpRequestMessage(HttpMethod.Post, simulator.OpenAI + "/chat/completions") { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Clients.Key);
        request.Headers.Add("x-job-id", "job-7");

        using var http = new HttpClient();
        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal(
            new ProviderCall
            {
                Id = 1,
                Arrived = time.GetUtcNow(),
                Ended = time.GetUtcNow(),
                Operation = Operation.Chat,
                Model = Clients.Model,
                Streamed = false,
                Status = 200,
                Outcome = CallOutcome.Answered,
                PromptTokens = 3,
                CompletionTokens = 3,
                BodyHash = Convert.ToHexStringLower(SHA256.HashData(body)),
                HasKey = true,
                JobId = "job-7",
            },
            Assert.Single(simulator.Record.Read().Calls));
    }

    [Fact]
    public async Task Keys_are_seen_and_kept_nowhere()
    {
        await using var simulator = await Simulator.StartAsync();
        await simulator.AskAsync();
        using var without = await simulator.PostAsync("/v1/chat/completions", Clients.Question("one"));

        using var http = new HttpClient { BaseAddress = simulator.Address };
        var everything = await http.GetStringAsync("/simulator/calls", Cancelled) + await http.GetStringAsync("/simulator/figures", Cancelled);

        Assert.Equal([true, false], simulator.Record.Read().Calls.Select(call => call.HasKey));
        Assert.DoesNotContain(Clients.Key, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_cannot_be_understood_is_refused_and_recorded()
    {
        await using var simulator = await Simulator.StartAsync();
        using var http = new HttpClient();

        using var broken = await http.PostAsync(simulator.OpenAI + "/chat/completions", new StringContent("{ no", Encoding.UTF8), Cancelled);
        using var noUnicode = await http.PostAsync(simulator.OpenAI + "/chat/completions", new StringContent("""{ "model": "\ud800", "messages": [{}] }""", Encoding.UTF8), Cancelled);
        using var empty = await simulator.PostAsync("/v1/chat/completions", new { model = "m", messages = Array.Empty<object>() });
        using var wrong = await simulator.PostAsync("/v1/chat/completions", new { model = 5, messages = new[] { new { role = "user", content = "one" } } });

        Assert.All([broken, noUnicode, empty, wrong], response => Assert.Equal(400, (int)response.StatusCode));
        Assert.Contains("'model' must be a string", await wrong.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.All(simulator.Record.Read().Calls, call => Assert.Equal((CallOutcome.Refused, 400, ""), (call.Outcome, call.Status, call.Model)));
        Assert.Equal(4, simulator.Record.Count().All.ByStatus[400]);
    }

    [Fact]
    public async Task A_request_that_never_comes_to_its_end_is_no_call()
    {
        var simulator = await Simulator.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(simulator.Address.Host, simulator.Address.Port, Cancelled);
            var stream = client.GetStream();
            await stream.WriteAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: simulator\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), Cancelled);
            await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length], Cancelled); // Now it reads the body.
            await stream.WriteAsync("{"u8.ToArray(), Cancelled);
            client.Client.Shutdown(SocketShutdown.Send);
            await Assert.ThrowsAnyAsync<IOException>(() => stream.ReadExactlyAsync(new byte[1], Cancelled).AsTask());
        }

        await simulator.DisposeAsync(); // Which waits for all that is still going on.
        Assert.Empty(simulator.Record.Read().Calls);
    }

    [Fact]
    public async Task Calls_are_read_from_a_time_on()
    {
        var time = new FakeTimeProvider();
        await using var simulator = await Simulator.StartAsync(time: time);
        await simulator.AskAsync(model: "before");
        time.Advance(TimeSpan.FromTicks(1));
        var since = time.GetUtcNow();
        await simulator.AskAsync(model: "after");

        using var http = new HttpClient { BaseAddress = simulator.Address };
        var read = JsonElement.Parse(await http.GetStringAsync($"/simulator/calls?since={Uri.EscapeDataString($"{since:O}")}", Cancelled));

        Assert.Equal("after", Assert.Single(simulator.Record.Read(since).Calls).Model);
        Assert.Equal("after", Assert.Single(read.GetProperty("calls").EnumerateArray()).GetProperty("model").GetString());
    }

    [Fact]
    public async Task Concurrency_is_of_calls_that_are_open_at_one_time()
    {
        await using var simulator = await Simulator.StartAsync(new() { Script = new() { Faults = [new() { Fault = Fault.Hang, Next = 3 }] } });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var hanging = Enumerable.Range(0, 3).Select(_ => simulator.Chat().GetResponseAsync("one", cancellationToken: patience.Token)).ToList();
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 3);
        await patience.CancelAsync();
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);

        for (var call = 0; call < 10; call++)
        {
            await simulator.AskAsync(); // One after the other: never more than one is open.
        }

        Assert.Equal(3, simulator.Record.Count().All.Peaks.Concurrency);
        simulator.Record.Clear();
        for (var call = 0; call < 50; call++)
        {
            await simulator.AskAsync();
        }

        Assert.Equal(1, simulator.Record.Count().All.Peaks.Concurrency);
        Assert.All(hanging, call => Assert.True(call.IsCanceled));
    }

    [Fact]
    public async Task Clearing_forgets_all_but_the_calls_that_are_open()
    {
        await using var simulator = await Simulator.StartAsync(new() { Script = new() { Faults = [new() { Fault = Fault.Hang, Next = 1 }] } });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var hanging = simulator.Chat().GetResponseAsync("one", cancellationToken: patience.Token);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
        await simulator.AskAsync();

        simulator.Record.Clear();
        await simulator.AskAsync();

        var all = simulator.Record.Count().All;
        Assert.Equal((1, 1, 2), (all.Calls, all.InFlight, all.Peaks.Concurrency));
        Assert.Equal(3, Assert.Single(simulator.Record.Read().Calls).Id);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
        Assert.Equal(0, simulator.Record.Count().Models[Clients.Model].InFlight);
        Assert.Equal([CallOutcome.Answered], simulator.Record.Count().All.ByOutcome.Keys);
        Assert.Single(simulator.Record.Read().Calls);
    }

    [Fact]
    public async Task What_it_would_have_charged_is_exact_to_the_cent()
    {
        await using var simulator = await Simulator.StartAsync(new()
        {
            Prices = new Dictionary<string, Price> { ["gpt-4o"] = new() { Prompt = 1.25m, Completion = 10m }, ["*"] = new() { Prompt = 0.1m } },
            AnswerTokens = 1,
        });
        simulator.Script = new() { Faults = [new() { Status = 500, Every = 4 }] };
        for (var call = 0; call < 4; call++)
        {
            await simulator.RefusalAsync("gpt-4o"); // "What is a cell?": 4 tokens in, 1 out.
        }

        await simulator.RefusalAsync("other");

        var figures = simulator.Record.Count();
        Assert.Equal(3 * ((4 * 1.25m) + 10m) / 1000, figures.Models["gpt-4o"].Cost);
        Assert.Equal(0.0454m, figures.All.Cost);
        Assert.Equal(0.05m, figures.All.Charged);
        Assert.Equal(0.015m, simulator.Record.Read().Calls[0].Cost);
    }
}
