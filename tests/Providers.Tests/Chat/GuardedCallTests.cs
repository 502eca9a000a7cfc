using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using ProviderSimulator;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;
using Queueing;

namespace Providers.Tests.Chat;

/// <summary>A job's calls under budget, throttle, breaker, retry and timeout together, judged by what reached the provider.</summary>
public sealed class GuardedCallTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_call_that_is_made_again_is_counted_and_paid_for()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
        await using var host = await StartAsync(openAI, redis, ("Guard:openai:Throttle:RequestsPerMinute", "100"));
        openAI.Script = new() { Faults = [new() { Status = 500, Next = 2 }] };

        var job = await host.AskAsync(new());

        Assert.Equal((JobState.Completed, 1), (job.Status, job.Attempt));
        Assert.Equal(3, openAI.Record.Count().All.Calls);

        // What failed may have cost its estimate; what was answered cost what it took.
        Assert.Equal((3, 2), (await host.SpendsAsync(), await host.SpendsAsync("cost = estimate and input_tokens is null")));
        await using var connection = await Guard.FleetMember.ConnectAsync(redis);
        Assert.Equal(3, (int)await connection.GetDatabase().HashGetAsync("guard:{openai}:log", "r"));
    }

    [Fact]
    public async Task A_refusal_with_a_long_wait_lets_the_job_wait_untried()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null);
        openAI.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromMinutes(5), Next = 1 }] };

        var id = await host.EnqueueAsync(new());

        await Eventually.TrueAsync(async () => await host.WaitsForAsync(id) == "rate-limited");
        var job = await host.StatusAsync(id);
        Assert.Equal((JobState.Delayed, 0), (job.Status, job.Attempt));
        Assert.InRange(job.RunAt - job.CreatedAt, TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(10));
        Assert.Equal((1, 0m), (openAI.Record.Count().All.Calls, await host.SpentAsync()));
    }

    [Fact]
    public async Task A_refusal_with_a_short_wait_is_waited_for_inside_the_call()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null);
        openAI.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(1), Next = 1 }] };

        var job = await host.AskAsync(new());

        var calls = openAI.Record.Read().Calls;
        Assert.Equal((JobState.Completed, 1, 2), (job.Status, job.Attempt, calls.Count));
        Assert.InRange(calls[1].Arrived - calls[0].Arrived, TimeSpan.FromSeconds(0.99), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_job_that_the_limits_have_no_room_for_waits_untried()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(
            openAI, null, ("OPENAI_RATE_LIMIT_RPM", "1"), ("Guard:openai:Throttle:LongestWait", "00:00:00"));

        Assert.Equal(JobState.Completed, (await host.AskAsync(new())).Status);
        var id = await host.EnqueueAsync(new());

        await Eventually.TrueAsync(async () => await host.WaitsForAsync(id) == "throttle");
        Assert.Equal(0, (await host.StatusAsync(id)).Attempt);
        Assert.Equal(1, openAI.Record.Count().All.Calls);
        Assert.Equal(openAI.Record.Count().All.Cost, await host.SpentAsync());
    }

    [Fact]
    public async Task Failures_open_the_circuit_and_jobs_wait_until_it_closes()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var redis = await TestRedis.StartAsync(RedisKind.Garnet);
        await using var host = await StartAsync(
            openAI, redis, ("Guard:openai:Breaker:MinimumCalls", "3"), ("Guard:openai:Breaker:Break", "00:00:02"), ("Guard:openai:Retry:MaxRetries", "0"));
        openAI.Script = new()
        {
            Pace = [new() { Latency = TimeSpan.FromSeconds(1) }], // Else all are answered before Redis has heard of the first.
            Faults = [new() { Status = 500, Next = 8 }],
        };
        var states = new ConcurrentQueue<CircuitState>();
        host.Breakers.Changed += (_, state) => states.Enqueue(state);

        var jobs = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            jobs.Add(await host.EnqueueAsync(new()));
        }

        var ended = await Task.WhenAll(jobs.Select(host.EndOfAsync));

        Assert.Equal([CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed], states);

        // Only what was sent counts as an attempt.
        Assert.All(ended, job => Assert.Equal(JobState.Completed, job.Status));
        Assert.Equal(openAI.Record.Count().All.Calls, ended.Sum(job => job.Attempt));
    }

    [Fact]
    public async Task A_call_that_takes_too_long_has_cost_its_estimate_and_is_made_again()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null, ("Guard:openai:Timeout", "00:00:02"));
        openAI.Script = new() { Faults = [new() { Fault = Fault.Hang, Next = 1 }] };

        var job = await host.AskAsync(new());

        Assert.Equal((JobState.Completed, 1), (job.Status, job.Attempt));
        Assert.Equal((2, 1), (openAI.Record.Count().All.Calls, await host.SpendsAsync("cost = estimate and input_tokens is null")));
    }

    [Fact]
    public async Task What_one_call_took_is_not_taken_for_the_next_ones()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null, ("Guard:openai:Timeout", "00:00:02"));
        openAI.Script = new() { Faults = [new() { Fault = Fault.Empty, Next = 1 }, new() { Fault = Fault.Hang, Next = 1 }] };

        var job = await host.AskAsync(new());

        Assert.Equal((1, 3L), (job.Attempt, await host.SpendsAsync()));
        Assert.Equal((1L, 2L), (await host.SpendsAsync("cost = estimate and input_tokens is null"), await host.SpendsAsync("input_tokens = 6")));
    }

    [Fact]
    public async Task Out_of_retries_the_attempt_has_failed_with_the_word_for_it()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null, ("Guard:openai:Breaker:MinimumCalls", "1000"));
        openAI.Script = new() { Faults = [new() { Status = 503 }] };

        var job = await host.AskAsync(new());

        Assert.Equal((JobState.Failed, 3, "server-error", true), (job.Status, job.Attempt, job.Error!.Type, job.Error.Transient));
        Assert.Equal((9, 0m), (openAI.Record.Count().All.Calls, await host.SpentAsync()));
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_piece_is_made_again()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null);
        openAI.Script = new() { Faults = [new() { Status = 500, Next = 2 }] };

        var job = await host.AskAsync(new(Stream: true));

        Assert.Equal((JobState.Completed, 1, 3), (job.Status, job.Attempt, (int)openAI.Record.Count().All.Calls));
    }

    [Fact]
    public async Task Who_leaves_a_stream_ends_the_call_and_frees_its_slot()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
        await using var host = await StartAsync(openAI, redis, ("OPENAI_MAX_CONCURRENT", "1"), ("Providers:OpenAI:Timeout", "01:00:00"));
        openAI.Script = new() { Faults = [new() { Fault = Fault.Hang, AfterChunks = 2, Next = 1 }] };

        await host.ChatAsync(async chat =>
        {
            await foreach (var _ in chat.GetStreamingResponseAsync("one two three four five six", cancellationToken: Cancellation))
            {
                break;
            }

            return true;
        }).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        Assert.Equal(JobState.Completed, (await host.AskAsync(new())).Status);
        await Eventually.TrueAsync(() => openAI.Record.Count().All.InFlight == 0);
        Assert.Equal(CallOutcome.Left, openAI.Record.Read().Calls[0].Outcome);
        Assert.Equal(1, await host.SpendsAsync("cost = estimate and input_tokens is null"));
    }

    [Fact]
    public async Task A_piece_is_handed_on_before_the_next_comes()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null);
        openAI.Script = new() { Faults = [new() { Fault = Fault.Hang, AfterChunks = 2, Next = 1 }] };
        var heard = new TaskCompletionSource();
        host.Asked.AfterPiece = pieces =>
        {
            if (pieces == 2)
            {
                heard.TrySetResult();
            }

            return Task.CompletedTask;
        };

        await host.EnqueueAsync(new(Stream: true));

        await heard.Task.WaitAsync(Cancellation);
        Assert.Equal(1, openAI.Record.Count().All.InFlight);
    }

    [Fact]
    public async Task Each_step_is_an_event_of_the_calls_span()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
        await using var host = await StartAsync(
            openAI, redis, ("Guard:openai:Throttle:RequestsPerMinute", "100"), ("Guard:openai:Timeout", "00:00:02"));
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 100, "test", Cancellation);
        openAI.Script = new() { Faults = [new() { Status = 500, Next = 1 }, new() { Fault = Fault.Hang, Next = 1 }] };
        var spans = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("a test's own");
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name == GuardTelemetry.Name || heard == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var test = source.StartActivity("test")!;

        await host.ChatAsync(chat => chat.GetResponseAsync("one two", cancellationToken: Cancellation));

        // Other tests run beside this one.
        var span = spans.Single(span => span.TraceId == test.TraceId && span.OperationName == "call openai/large");
        string[] sent = ["budget.reserved", "throttle.admitted"];
        Assert.Equal(
            [.. sent, "throttle.settled", "retry", .. sent, "timeout", "throttle.settled", "retry", .. sent, "throttle.settled", "budget.settled"],
            span.Events.Select(told => told.Name));
        Assert.Equal("answered", span.GetTagItem("provider.outcome"));
    }

    [Fact]
    public async Task Outside_of_jobs_calls_are_in_the_ledger_too()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null);

        var response = await host.ChatAsync(chat => chat.GetResponseAsync("one two", cancellationToken: Cancellation));

        Assert.Equal("one two", response.Text.Trim());
        Assert.Equal(openAI.Record.Count().All.Cost, await host.SpentAsync());
    }

    [Fact]
    public async Task The_answer_may_be_no_longer_than_what_is_booked_for_it()
    {
        await using var openAI = await Simulator.StartAsync(new() { AnswerTokens = 1000 });
        await using var host = await StartAsync(openAI, null);

        var job = await host.AskAsync(new(Text: string.Join(' ', Enumerable.Repeat("word", 500))));

        Assert.Equal(100, job.Usage!.OutputTokens);
    }

    private async Task<ChatHost> StartAsync(Simulator openAI, TestRedis? redis, params (string Name, string? Value)[] settings) =>
        await ChatHost.StartAsync(await postgres.CreateDatabaseAsync(), openAI, gemini: null, redis, settings);
}
