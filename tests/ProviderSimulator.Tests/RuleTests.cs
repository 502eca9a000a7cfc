using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Time.Testing;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

/// <summary>Which calls a rule chooses.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task The_next_calls_and_then_no_more()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Status = 503, Next = 2 });

        Assert.Equal([503, 503, null, null], await RefusalsAsync(simulator, 4));
    }

    [Fact]
    public async Task Every_third_call()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Status = 500, Every = 3 });

        Assert.Equal([null, null, 500, null, null, 500, null], await RefusalsAsync(simulator, 7));
    }

    [Fact]
    public void A_fraction_is_the_same_calls_for_the_same_seed()
    {
        var (first, again, other) = (Chosen(seed: 1), Chosen(seed: 1), Chosen(seed: 2));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(chosen => chosen), 250, 350);

        static List<bool> Chosen(int seed)
        {
            var player = new RulePlayer<FaultRule>(new() { Status = 500, Fraction = 0.3, Seed = seed });
            return [.. Enumerable.Range(0, 1000).Select(_ => player.Chooses("m", Operation.Chat, TimeSpan.Zero))];
        }
    }

    [Fact]
    public async Task Rules_that_follow_each_other_take_their_calls_in_turn()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Status = 429, Next = 1 }, new() { Status = 500, Next = 2 });

        Assert.Equal([429, 500, 500, null], await RefusalsAsync(simulator, 4));
    }

    [Fact]
    public async Task Only_calls_of_its_models_count()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Model = "gpt-*", Status = 503, Next = 1 });

        Assert.Null(await simulator.RefusalAsync("o3"));
        Assert.Equal(503, await simulator.RefusalAsync("gpt-4o"));
        Assert.Null(await simulator.RefusalAsync("gpt-4o"));
    }

    [Fact]
    public async Task Only_calls_of_its_operation_count()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Operation = Operation.Embeddings, Status = 503 });

        Assert.Null(await simulator.RefusalAsync());
        using var response = await simulator.PostAsync("/v1/embeddings", new { model = "e", input = "text" });
        Assert.Equal(503, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_outage_lasts_from_its_begin_to_its_end()
    {
        var time = new FakeTimeProvider();
        await using var simulator = await Simulator.StartAsync(time: time);
        time.Advance(TimeSpan.FromHours(1)); // The timetable begins when the script is set.
        simulator.Script = new() { Faults = [new() { Status = 503, From = TimeSpan.FromSeconds(10), To = TimeSpan.FromSeconds(30) }] };

        Assert.Null(await RefusalAfterAsync(9.999));
        Assert.Equal(503, await RefusalAfterAsync(0.001));
        Assert.Equal(503, await RefusalAfterAsync(19.999));
        Assert.Null(await RefusalAfterAsync(0.001));

        Task<int?> RefusalAfterAsync(double seconds)
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return simulator.RefusalAsync();
        }
    }

    [Fact]
    public async Task Setting_a_script_begins_it_anew()
    {
        await using var simulator = await SimulatorWith(new FaultRule { Status = 503, Next = 1 });
        Assert.Equal([503, null], await RefusalsAsync(simulator, 2));

        simulator.Script = simulator.Script with { };

        Assert.Equal([503, null], await RefusalsAsync(simulator, 2));
    }

    [Fact]
    public async Task Rules_that_make_no_sense_are_refused()
    {
        await using var simulator = await Simulator.StartAsync();

        Assert.All(
            new FaultRule[]
            {
                new(),
                new() { Status = 503, Fault = Fault.Hang },
                new() { Status = 200 },
                new() { Status = 503, Fraction = 1.1 },
                new() { Status = 503, Next = 0 },
                new() { Status = 503, From = TimeSpan.FromSeconds(2), To = TimeSpan.FromSeconds(1) },
                new() { Fault = Fault.Reset, AfterChunks = 1 },
                new() { Fault = Fault.Reset, RetryAfter = TimeSpan.FromSeconds(1) },
            },
            rule => Assert.Throws<ValidationException>(() => simulator.Script = new() { Faults = [rule] }));
    }

    private static async Task<Simulator> SimulatorWith(params FaultRule[] faults) =>
        await Simulator.StartAsync(new() { Script = new() { Faults = faults } });

    private static async Task<List<int?>> RefusalsAsync(Simulator simulator, int calls)
    {
        List<int?> refusals = [];
        while (refusals.Count < calls)
        {
            refusals.Add(await simulator.RefusalAsync());
        }

        return refusals;
    }
}
