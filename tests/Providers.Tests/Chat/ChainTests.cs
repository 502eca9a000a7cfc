using ProviderSimulator;
using ProviderSimulator.Scripts;
using Queueing;

namespace Providers.Tests.Chat;

/// <summary>Which provider answers, and what the job's usage says of it.</summary>
public sealed class ChainTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_provider_answers_and_the_usage_says_what_it_took(bool stream)
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);

        var job = await host.AskAsync(new(Stream: stream));

        Assert.Equal((JobState.Completed, "one two three four five"), (job.Status, job.Result!.Value.GetString()!.Trim()));
        Assert.Equal(new JobUsage("openai", ChatHost.Large, 6, 5, (6 * ChatHost.InputPrice) + (5 * ChatHost.OutputPrice)), job.Usage);
        Assert.Equal(openAI.Record.Count().All.Cost, await host.SpentAsync());
        Assert.Equal(0, gemini.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_one_answers_while_the_circuit_of_the_first_is_open(bool stream)
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        await host.AskAsync(new());
        await host.Breakers.OpenAsync("openai");

        var job = await host.AskAsync(new(Stream: stream, Model: "not-gemini's"));

        Assert.Equal(new JobUsage("gemini", ChatHost.GeminiModel, 6, 5, 0, "openai: circuit-open"), job.Usage);
        Assert.Equal(1, openAI.Record.Count().All.Calls);
        Assert.Equal(ChatHost.GeminiModel, Assert.Single(gemini.Record.Read().Calls).Model);
    }

    [Theory]
    [InlineData(401, "not-authorised")]
    [InlineData(404, "not-found")]
    [InlineData(413, "too-large")]
    public async Task The_next_one_answers_where_the_first_refuses_for_good(int status, string why)
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        openAI.Script = new() { Faults = [new() { Status = status }] };

        var job = await host.AskAsync(new());

        Assert.Equal(("gemini", $"openai: {why}"), (job.Usage!.Provider, job.Usage.Why));
        Assert.Equal((1, 0m), (openAI.Record.Count().All.Calls, await host.SpentAsync()));
    }

    [Fact]
    public async Task The_next_one_answers_where_there_is_no_money_for_the_first()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        await host.Budget.SetAsync(BudgetScope.Fleet, null, 0.001m, "test", Cancellation);
        await Eventually.TrueAsync(async () => (await host.AskAsync(new())).Usage is { Provider: "gemini", Why: "openai: budget-spent" });
    }

    [Fact]
    public async Task A_request_that_is_wrong_is_asked_of_nobody_else()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        openAI.Script = new() { Faults = [new() { Status = 422 }] };

        var job = await host.AskAsync(new());

        Assert.Equal((JobState.Failed, "bad-request", false), (job.Status, job.Error!.Type, job.Error.Transient));
        Assert.Equal(0, gemini.Record.Count().All.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_all_refuse_for_good_the_job_fails_with_the_word_of_the_first(bool stream)
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        openAI.Script = new() { Faults = [new() { Status = 404 }] };
        gemini.Script = new() { Faults = [new() { Status = 401 }] };

        var job = await host.AskAsync(new(Stream: stream));

        Assert.Equal((JobState.Failed, "not-found", 1), (job.Status, job.Error!.Type, job.Attempt));
    }

    [Fact]
    public async Task What_only_takes_a_while_is_waited_for()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini, ("Guard:openai:Retry:MaxRetries", "0"));
        openAI.Script = new() { Faults = [new() { Status = 500, Next = 1 }] };

        var job = await host.AskAsync(new());

        Assert.Equal(("openai", 2), (job.Usage!.Provider, job.Attempt));
        Assert.Equal(0, gemini.Record.Count().All.Calls);
    }

    [Fact]
    public async Task When_nobody_can_answer_the_job_waits_for_who_is_back_first()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        await host.AskAsync(new());
        await host.Breakers.OpenAsync("openai", TimeSpan.FromMinutes(10));
        gemini.Script = new() { Faults = [new() { Status = 401 }] };

        var job = await host.EnqueueAsync(new());
        await Eventually.TrueAsync(async () => await host.WaitsForAsync(job) == "circuit:openai");
        Assert.Equal(0, (await host.StatusAsync(job)).Attempt);
        await host.Breakers.CloseAsync("openai");

        Assert.Equal(("openai", 1), ((await host.EndOfAsync(job)).Usage!.Provider, (await host.StatusAsync(job)).Attempt));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_goes_on_with_nobody_else()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var gemini = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, gemini);
        openAI.Script = new() { Faults = [new() { Fault = Fault.Cut, AfterChunks = 2, Next = 1 }] };

        var job = await host.AskAsync(new(Stream: true));

        Assert.Equal(("openai", 2, "one two three four five"), (job.Usage!.Provider, job.Attempt, job.Result!.Value.GetString()!.Trim()));
        Assert.Equal(0, gemini.Record.Count().All.Calls);
    }

    [Fact]
    public async Task Over_the_soft_limit_the_cheaper_model_is_asked()
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();
        await using var host = await StartAsync(openAI, null, ("Guard:openai:CheaperModel", ChatHost.Small));
        await host.Budget.SetAsync(BudgetScope.Fleet, 0.01m, 100, "test", Cancellation);

        Assert.Equal((ChatHost.Large, null), await ModelAsync());
        await Eventually.TrueAsync(async () => await ModelAsync() == (ChatHost.Small, "soft-limit"));

        async Task<(string?, string?)> ModelAsync() => (await host.AskAsync(new())).Usage is { } usage ? (usage.Model, usage.Why) : default;
    }

    [Theory]
    [InlineData("Chat:Chain:0", "opnai", "Chat:Chain names 'opnai': expected openai, gemini or local.")]
    [InlineData("Chat:Chain:1", "openai", "Chat:Chain names a provider twice: openai, openai.")]
    [InlineData("Chat:Chains:0", "openai", "Chains")]
    [InlineData("Guard:openai:Throtle:RequestsPerMinute", "5", "Throtle")]
    [InlineData("Guard:openai:Throttle:RequestsPerMinute", "0", "RequestsPerMinute")]
    [InlineData("OPENAI_RATE_LIMIT_RPM", "fifty", "OPENAI_RATE_LIMIT_RPM")]
    public async Task Settings_that_make_no_sense_are_told_at_the_start(string name, string value, string message)
    {
        await using var openAI = await ChatHost.StartSimulatorAsync();

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(openAI, null, (name, value)));

        Assert.Contains(message, exception.ToString(), StringComparison.Ordinal);
    }

    private async Task<ChatHost> StartAsync(Simulator openAI, Simulator? gemini, params (string Name, string? Value)[] settings) =>
        await ChatHost.StartAsync(await postgres.CreateDatabaseAsync(), openAI, gemini, redis: null, settings);
}
