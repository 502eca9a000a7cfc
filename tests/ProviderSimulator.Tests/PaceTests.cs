using System.Diagnostics;
using Microsoft.Extensions.AI;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class PaceTests
{
    /// <summary>A timer may be early by its own resolution.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_takes_the_latency_and_so_does_a_fault()
    {
        await using var simulator = await SimulatorWith(new PaceRule { Latency = TimeSpan.FromMilliseconds(300) });
        await simulator.AskAsync();
        simulator.Script = simulator.Script with { Faults = [new() { Status = 500 }] };
        await simulator.RefusalAsync();

        Assert.All(Lengths(simulator), length => AtLeast(300, length));
    }

    [Fact]
    public void Jitter_is_spread_over_its_range_alike_for_the_same_seed()
    {
        var latencies = Latencies();

        Assert.Equal(latencies, Latencies());
        Assert.All(latencies, latency => Assert.InRange(latency.TotalSeconds, 1, 3));
        Assert.True(latencies.Min().TotalSeconds < 1.1 && latencies.Max().TotalSeconds > 2.9);

        static List<TimeSpan> Latencies()
        {
            PaceRule rule = new() { Latency = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromSeconds(2), Seed = 4 };
            var player = new ScriptPlayer(new() { Pace = [rule] }, DateTimeOffset.UnixEpoch);
            return [.. Enumerable.Range(0, 200).Select(_ => player.Choose("m", Operation.Chat, DateTimeOffset.UnixEpoch).Latency)];
        }
    }

    [Fact]
    public async Task A_streams_head_comes_before_its_first_token()
    {
        await using var simulator = await SimulatorWith(new PaceRule { FirstToken = TimeSpan.FromMilliseconds(400), PerToken = TimeSpan.FromMilliseconds(100) });
        await TimesAsync(); // Warms up.

        var times = await TimesAsync();

        Assert.True(times[0] < TimeSpan.FromMilliseconds(400));
        AtLeast(400, times[1]);
        AtLeast(500, times[2]);
        AtLeast(600, times[3]);

        async Task<List<TimeSpan>> TimesAsync()
        {
            var began = Stopwatch.GetTimestamp();
            return await simulator.Chat().GetStreamingResponseAsync("one two three", cancellationToken: Cancelled)
                .Select(_ => Stopwatch.GetElapsedTime(began)).ToListAsync(Cancelled);
        }
    }

    [Fact]
    public async Task An_answer_in_one_piece_takes_the_time_of_all_its_tokens()
    {
        await using var simulator = await SimulatorWith(new PaceRule { FirstToken = TimeSpan.FromMilliseconds(100), PerToken = TimeSpan.FromMilliseconds(100) });

        await simulator.AskAsync("one two three four");

        AtLeast(500, Assert.Single(Lengths(simulator)));
    }

    [Fact]
    public async Task The_first_rule_that_chooses_a_call_decides()
    {
        await using var simulator = await SimulatorWith(
            new PaceRule { Model = "slow", Latency = TimeSpan.FromMilliseconds(300) }, new() { Latency = TimeSpan.Zero });

        await simulator.AskAsync(model: "slow");
        await simulator.AskAsync(model: "quick"); // The first call also warms up.
        await simulator.AskAsync(model: "quick");

        AtLeast(300, Lengths(simulator)[0]);
        Assert.True(Lengths(simulator)[2] < TimeSpan.FromMilliseconds(300));
    }

    private static async Task<Simulator> SimulatorWith(params PaceRule[] pace) => await Simulator.StartAsync(new() { Script = new() { Pace = pace } });

    private static List<TimeSpan> Lengths(Simulator simulator) => [.. simulator.Record.Read().Calls.Select(call => call.Ended!.Value - call.Arrived)];

    private static void AtLeast(int milliseconds, TimeSpan length) =>
        Assert.InRange(length, TimeSpan.FromMilliseconds(milliseconds) - Resolution, TimeSpan.FromSeconds(30));
}
