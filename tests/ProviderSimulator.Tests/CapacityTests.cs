using System.Net.Http.Json;
using ProviderSimulator.Records;

namespace ProviderSimulator.Tests;

public sealed class CapacityTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousands_of_calls_are_all_counted_and_the_latest_are_kept()
    {
        const int calls = 3000;
        await using var simulator = await Simulator.StartAsync(new() { RecordedCalls = 500 });
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = simulator.Address };
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancelled }, async (_, token) =>
        {
            using var response = await http.PostAsJsonAsync("/v1/chat/completions", Clients.Question("one two"), token);
            response.EnsureSuccessStatusCode();
        });

        var (page, all) = (simulator.Record.Read(), simulator.Record.Count().All);
        Assert.Equal((calls - 500, 500), (page.Dropped, page.Calls.Count));
        Assert.Equal(Enumerable.Range(calls - 499, 500).Select(id => (long)id), page.Calls.Select(call => call.Id));
        Assert.True(page.DroppedUntil <= page.Calls[0].Arrived);
        Assert.Equal((calls, calls, 0, 2 * calls), (all.Calls, all.ByOutcome[CallOutcome.Answered], all.InFlight, all.PromptTokens));
        Assert.InRange(all.Peaks.Concurrency, 2, 32);
    }

    [Fact]
    public void A_call_that_is_dropped_before_it_ends_is_counted_all_the_same()
    {
        var record = new CallRecord(capacity: 1);
        var first = record.Begin(Call(), tokens: 0);
        var second = record.Begin(Call(), tokens: 0);
        record.End(first with { Status = 200, Outcome = CallOutcome.Answered });

        Assert.Equal(second, Assert.Single(record.Read().Calls));
        Assert.Equal((1, 1), (record.Count().All.InFlight, record.Count().All.ByStatus[200]));
    }

    [Fact]
    public void Models_beyond_a_hundred_are_counted_together()
    {
        var record = new CallRecord(capacity: 10);
        for (var model = 0; model < 250; model++)
        {
            record.End(record.Begin(Call($"model-{model}"), tokens: 0) with { Outcome = CallOutcome.Answered });
        }

        var models = record.Count().Models;
        Assert.Equal((101, 150), (models.Count, models["(other)"].Calls));
        Assert.Equal(250, record.Count().All.ByOutcome[CallOutcome.Answered]);
    }

    private static ProviderCall Call(string model = "m") =>
        new() { Id = 0, Arrived = DateTimeOffset.UnixEpoch, Operation = default, Model = model, Streamed = false, BodyHash = "", HasKey = false };
}
