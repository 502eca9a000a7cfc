using Microsoft.Extensions.Time.Testing;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Azure;

/// <summary>What both services do alike when something goes wrong.</summary>
public sealed class AzureFaultTests : IAsyncLifetime
{
    private Simulator simulator = null!; // Set before each test.
    private ProviderHost host = null!;

    public static TheoryData<string> Both { get; } = [AzureCalls.Speech, AzureCalls.Vision];

    public async ValueTask InitializeAsync()
    {
        simulator = await Simulator.StartAsync();
        host = ProviderHost.Azure(simulator.Azure);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await simulator.DisposeAsync();
    }

    public static TheoryData<string, int, string, bool, bool> Statuses()
    {
        TheoryData<string, int, string, bool, bool> rows = [];
        foreach (var provider in (string[])[AzureCalls.Speech, AzureCalls.Vision])
        {
            rows.Add(provider, 400, "bad-request", false, false);
            rows.Add(provider, 401, "not-authorised", false, false);
            rows.Add(provider, 404, "not-found", false, false);
            rows.Add(provider, 429, "rate-limited", true, false);
            rows.Add(provider, 500, "server-error", true, true);
            rows.Add(provider, 503, "server-error", true, false);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_is_a_fault_and_is_tried_once(string provider, int status, string word, bool isTransient, bool mayHaveCost)
    {
        Set(new() { Status = status });
        Assert.Equal((status, word, isTransient, mayHaveCost), (await host.FailureAsync(provider)).Facts());
        Assert.Equal(1, simulator.Record.Count().All.Calls);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_headers_say_when_to_come_back(string provider)
    {
        Set(new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(7) });
        Assert.Equal(TimeSpan.FromSeconds(7), (await host.FailureAsync(provider)).Fault.RetryAfter);
        Set(new() { Status = 503, RetryAfter = TimeSpan.FromSeconds(90), RetryAfterForm = RetryAfterForm.Date });
        Assert.InRange((await host.FailureAsync(provider)).Fault.RetryAfter!.Value, TimeSpan.FromSeconds(88), TimeSpan.FromSeconds(91));
    }

    [Theory]
    [InlineData(AzureCalls.Speech, Fault.Cut, "connection-lost")]
    [InlineData(AzureCalls.Speech, Fault.Reset, "connection-lost")]
    [InlineData(AzureCalls.Speech, Fault.BrokenJson, "bad-answer")]
    [InlineData(AzureCalls.Vision, Fault.Cut, "connection-lost")]
    [InlineData(AzureCalls.Vision, Fault.Reset, "connection-lost")]
    [InlineData(AzureCalls.Vision, Fault.BrokenJson, "bad-answer")]
    public async Task Broken_answers_are_transient_and_may_have_cost(string provider, Fault fault, string word)
    {
        Set(new() { Fault = fault });
        var failure = await host.FailureAsync(provider);
        Assert.Equal((word, true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_limit_refuses(string provider)
    {
        simulator.Limits = [new() { RequestsPerMinute = 1 }];
        await host.AskAsync(provider, TestContext.Current.CancellationToken);
        var failure = await host.FailureAsync(provider);
        Assert.Equal("rate-limited", failure.Fault.Word);
        Assert.InRange(failure.Fault.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_hanging_call_times_out(string provider)
    {
        var (timeout, time) = (TimeSpan.FromSeconds(30), new FakeTimeProvider());
        using var patient = ProviderHost.Azure(simulator.Azure, timeout, time);
        Set(new() { Fault = Fault.Hang });

        var call = patient.FailureAsync(provider);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
        time.Advance(timeout - TimeSpan.FromTicks(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((null, "timeout", true, true), (await call).Facts());
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_caller_that_leaves_is_no_fault(string provider)
    {
        Set(new() { Fault = Fault.Hang });
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var call = host.AskAsync(provider, caller.Token);
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
        await caller.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, exception.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_provider_that_is_not_there_has_cost_nothing(string provider)
    {
        await simulator.DisposeAsync();
        Assert.Equal((null, "connection-lost", true, false), (await host.FailureAsync(provider)).Facts());
    }

    private void Set(FaultRule fault) => simulator.Script = new() { Faults = [fault] };
}
