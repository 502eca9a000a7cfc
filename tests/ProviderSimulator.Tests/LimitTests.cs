using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class LimitTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 500, TimeSpan.Zero));

    [Fact]
    public async Task Calls_above_the_limit_are_refused_until_a_minute_after_the_oldest()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 2 });

        Assert.Null(await simulator.RefusalAsync());
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await simulator.RefusalAsync());
        Assert.Equal(429, await simulator.RefusalAsync());
        time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Equal(429, await simulator.RefusalAsync());
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await simulator.RefusalAsync());
        Assert.Equal(429, await simulator.RefusalAsync());
    }

    [Fact]
    public async Task Tokens_count_read_and_written()
    {
        await using var simulator = await SimulatorWith(new LimitRule { TokensPerMinute = 20 });

        Assert.Equal(8, (await simulator.AskAsync("one two three four")).Usage!.TotalTokenCount);
        Assert.Equal(8, (await simulator.AskAsync("one two three four")).Usage!.TotalTokenCount);
        Assert.Equal(429, await simulator.RefusalAsync()); // "What is a cell?" would make 24.
        Assert.Equal(4, (await simulator.AskAsync("one two")).Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task A_call_larger_than_the_limit_is_refused_without_a_time_to_come_back()
    {
        await using var simulator = await SimulatorWith(new LimitRule { TokensPerMinute = 20 });

        using var response = await PostAsync(simulator, string.Join(' ', Enumerable.Repeat("word", 11)));

        Assert.Equal(429, (int)response.StatusCode);
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Headers_tell_what_is_left_and_when_to_come_back()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 2, TokensPerMinute = 100 });
        using var first = await PostAsync(simulator);
        time.Advance(TimeSpan.FromSeconds(14.5));
        using var second = await PostAsync(simulator);
        using var refused = await PostAsync(simulator);

        Assert.Equal(("2", "1", "1m0s"), (Header(first, "limit-requests"), Header(first, "remaining-requests"), Header(first, "reset-requests")));
        Assert.Equal(("100", "96", "1m0s"), (Header(first, "limit-tokens"), Header(first, "remaining-tokens"), Header(first, "reset-tokens")));
        Assert.Equal(("0", "92"), (Header(refused, "remaining-requests"), Header(refused, "remaining-tokens")));
        Assert.Equal(TimeSpan.FromSeconds(46), refused.Headers.RetryAfter?.Delta); // 45.5, rounded up.
        Assert.Contains("requests per min (RPM): Limit 2", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_to_come_back_can_be_a_date()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 1, RetryAfterForm = RetryAfterForm.Date });
        using var first = await PostAsync(simulator);
        using var refused = await PostAsync(simulator);

        Assert.Equal(DateTimeOffset.Parse("2026-01-31T12:01:01Z", CultureInfo.InvariantCulture), refused.Headers.RetryAfter?.Date);
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, "3")]
    [InlineData(RetryAfterForm.Date, "Sat, 31 Jan 2026 12:00:03 GMT")]
    public async Task A_scripted_429_says_so_in_either_form(RetryAfterForm form, string expected)
    {
        await using var simulator = await SimulatorWith();
        simulator.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(2.5), RetryAfterForm = form }] };

        using var refused = await PostAsync(simulator);

        Assert.Equal(expected, refused.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal(("0", "2.5s"), (Header(refused, "remaining-requests"), Header(refused, "reset-requests")));
    }

    [Fact]
    public async Task Refused_calls_count_towards_nothing()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 2 });
        simulator.Script = new() { Faults = [new() { Status = 500, Next = 5 }] };
        for (var call = 0; call < 5; call++)
        {
            Assert.Equal(500, await simulator.RefusalAsync());
        }

        Assert.Null(await simulator.RefusalAsync());
        Assert.Null(await simulator.RefusalAsync());
        Assert.Equal(429, await simulator.RefusalAsync());
    }

    [Fact]
    public async Task A_call_has_to_fit_the_limit_of_its_model_and_the_one_of_all()
    {
        await using var simulator = await SimulatorWith(new LimitRule { Model = "gpt-4o", RequestsPerMinute = 1 }, new LimitRule { RequestsPerMinute = 3 });

        Assert.Null(await simulator.RefusalAsync("gpt-4o"));
        Assert.Equal(429, await simulator.RefusalAsync("gpt-4o"));
        Assert.Null(await simulator.RefusalAsync("o3"));
        Assert.Null(await simulator.RefusalAsync("o3"));
        Assert.Equal(429, await simulator.RefusalAsync("o3"));
    }

    [Fact]
    public async Task Setting_limits_gives_nobody_a_fresh_minute()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 2 });
        Assert.Null(await simulator.RefusalAsync());

        simulator.Limits = [new() { RequestsPerMinute = 1 }];

        Assert.Equal(429, await simulator.RefusalAsync());
        Assert.Throws<ValidationException>(() => simulator.Limits = [new()]);
    }

    [Fact]
    public async Task Many_clients_at_once_get_exactly_what_there_is()
    {
        await using var simulator = await SimulatorWith(new LimitRule { RequestsPerMinute = 25 });

        var refusals = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => simulator.RefusalAsync()));

        Assert.Equal((25, 75), (refusals.Count(refusal => refusal is null), refusals.Count(refusal => refusal == 429)));
    }

    private Task<Simulator> SimulatorWith(params LimitRule[] limits) => Simulator.StartAsync(new() { Limits = limits }, time);

    private static Task<HttpResponseMessage> PostAsync(Simulator simulator, string text = "one two") =>
        simulator.PostAsync("/v1/chat/completions", Clients.Question(text));

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues($"x-ratelimit-{name}"));
}
