using ProviderSimulator.Limits;

namespace Fleet.Tests;

/// <summary>50 calls and 20,000 tokens a minute, and more work than that.</summary>
public sealed class LimitTests
{
    private const int PerMinute = 50;
    private const int TokensPerMinute = 20_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Into the second window, or the fifth.
    private static readonly TimeSpan Duration = RunLength.IsLong ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(80);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Trouble.None)]
    [InlineData(Trouble.WorkersDie)]
    [InlineData(Trouble.RedisDies)]
    public async Task The_fleet_uses_its_limits_and_never_exceeds_them(Trouble trouble)
    {
        Assert.SkipUnless(trouble == Trouble.None || RunLength.IsLong, "FLEET_LONG isn't set.");
        await using var fleet = await Fleet.StartAsync(
            new() { Limits = [new() { RequestsPerMinute = PerMinute, TokensPerMinute = TokensPerMinute }] },
            budget: null,
            ("OPENAI_RATE_LIMIT_RPM", $"{PerMinute}"),
            ("OPENAI_RATE_LIMIT_TPM", $"{TokensPerMinute}"));
        var began = TimeProvider.System.GetUtcNow();

        await fleet.EnqueueAsync(PerMinute * 20);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        over.CancelAfter(Duration);
        await MakeTroubleAsync(fleet, trouble, over.Token);

        var calls = fleet.Simulator.Record.Read().Calls.Where(call => call.Arrived < began + Duration).ToList();
        var figures = fleet.Simulator.Record.Count().All;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{calls.Count} calls in {Duration}; the most in a minute: {figures.Peaks.CallsPerMinute} calls, {figures.Peaks.TokensPerMinute} tokens; refused: {calls.Count(call => call.Status == 429)}");
        TestContext.Current.TestOutputHelper?.WriteLine("by five seconds: " + string.Join(' ', calls.CountBy(call => (int)(call.Arrived - began).TotalSeconds / 5).Select(slot => $"{slot.Key * 5}:{slot.Value}")));
        Assert.DoesNotContain(calls, call => call.Status == 429);
        Assert.InRange(figures.Peaks.CallsPerMinute, 1, PerMinute);
        Assert.InRange(figures.Peaks.TokensPerMinute, 1, TokensPerMinute);

        // How much of it is used is a matter of time, of which the short form has none to spare on a busy machine.
        Assert.InRange(calls.Count, RunLength.IsLong && trouble != Trouble.RedisDies ? PerMinute * (Duration / Minute) * 0.95 : PerMinute + 1, int.MaxValue);
    }

    /// <summary>What happens meanwhile.</summary>
    public enum Trouble
    {
        None,
        WorkersDie,
        RedisDies,
    }

    private static async Task MakeTroubleAsync(Fleet fleet, Trouble trouble, CancellationToken over)
    {
        try
        {
            for (var turn = 0; ; turn++)
            {
                await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, over);
                switch (trouble)
                {
                    case Trouble.WorkersDie:
                        await fleet.ReplaceAsync(turn % Fleet.Size);
                        break;
                    case Trouble.RedisDies when turn % 4 == 1:
                        await fleet.Redis.KillAsync();
                        break;
                    case Trouble.RedisDies when turn % 4 == 2:
                        await fleet.Redis.StartAgainAsync();
                        break;
                    default:
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }
}
