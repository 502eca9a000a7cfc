using Microsoft.Extensions.Options;
using ProviderSimulator.Calls;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class ReceptionTests
{
    [Fact]
    public async Task Calls_that_come_at_once_are_taken_in_one_by_one()
    {
        const int calls = 20_000;
        var record = new CallRecord(calls);
        var options = new SimulatorOptions { Limits = [new() { RequestsPerMinute = 5_000 }] };
        var reception = new Reception(record, new(TimeProvider.System), Options.Create(options));

        var admissions = new Admission[calls];
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (call, _) =>
        {
            admissions[call] = reception.Admit(Call, question: null, error: null);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(5_000, admissions.Count(admission => admission.Error is null));
        var arrivals = record.Read().Calls.Select(call => call.Arrived).ToList();
        Assert.Equal(arrivals.Order(), arrivals);
    }

    private static ProviderCall Call =>
        new() { Id = 0, Arrived = default, Operation = Operation.Chat, Model = "m", Streamed = false, BodyHash = "", HasKey = false };
}
