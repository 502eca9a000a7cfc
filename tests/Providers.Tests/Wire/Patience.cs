using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Wire;

/// <summary>How long clients wait, and for whom they stop: alike for both providers.</summary>
internal static class Patience
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task A_hanging_call_times_out(Func<Simulator, TimeSpan, TimeProvider, ProviderHost> build, string provider)
    {
        await using var simulator = await HangingAsync(afterChunks: 0);
        var time = new FakeTimeProvider();
        using var host = build(simulator, Timeout, time);

        var call = host.Chat(provider).FailureAsync();
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
        time.Advance(Timeout - TimeSpan.FromTicks(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((null, "timeout", true, true), (await call).Facts());
        await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
    }

    public static async Task A_hanging_stream_times_out_by_its_silence(Func<Simulator, TimeSpan, TimeProvider, ProviderHost> build, string provider)
    {
        await using var simulator = await HangingAsync(afterChunks: 2);
        var time = new FakeTimeProvider();
        using var host = build(simulator, Timeout, time);
        await using var updates = host.Chat(provider).GetStreamingResponseAsync(ChatCalls.Prompt, cancellationToken: Token).GetAsyncEnumerator(Token);

        var text = "";
        while (text != "alpha bravo ")
        {
            Assert.True(await updates.MoveNextAsync());
            text += updates.Current.Text;
            time.Advance(Timeout); // The caller's own time doesn't count.
        }

        var next = updates.MoveNextAsync();
        time.Advance(Timeout);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => next.AsTask());
        Assert.Equal((null, "timeout", true, true), failure.Facts());
    }

    public static async Task A_caller_that_leaves_is_no_fault(Func<Simulator, TimeSpan, TimeProvider, ProviderHost> build, string provider)
    {
        await using var simulator = await HangingAsync(afterChunks: 0);
        using var host = build(simulator, Timeout, TimeProvider.System);
        foreach (var streamed in new[] { false, true })
        {
            using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var call = streamed
                ? host.Chat(provider).GetStreamingResponseAsync(ChatCalls.Prompt, cancellationToken: caller.Token).ToListAsync(caller.Token).AsTask()
                : (Task)host.Chat(provider).GetResponseAsync(ChatCalls.Prompt, cancellationToken: caller.Token);
            await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 1);
            await caller.CancelAsync();

            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(caller.Token, exception.CancellationToken);
            await Eventually.TrueAsync(() => simulator.Record.Count().All.InFlight == 0);
        }
    }

    private static async Task<Simulator> HangingAsync(int afterChunks)
    {
        var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Fault = Fault.Hang, AfterChunks = afterChunks }] };
        return simulator;
    }
}
