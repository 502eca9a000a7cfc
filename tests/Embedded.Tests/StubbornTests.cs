using Embedded.Hosting;
using Embedded.Processes;

namespace Embedded.Tests;

/// <summary>The child of these hosts ignores the signal that asks it to stop.</summary>
public class StubbornTests
{
    [Fact]
    public async Task What_does_not_stop_is_killed_in_the_end()
    {
        await using var host = await HostProcess.StartAndWaitAsync("--model=stubborn");
        var processes = Live.DescendantsOf(host.Id);

        host.Signal(StopSignal.Terminate);
        Assert.Equal(0, await host.Exited);
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
    }

    [Fact]
    public async Task A_second_interrupt_does_not_wait()
    {
        await using var host = await HostProcess.StartAndWaitAsync("--model=stubborn");
        var processes = Live.DescendantsOf(host.Id);

        await Eventually.TrueAsync(() =>
        {
            host.InterruptGroup();
            return host.Exited.IsCompleted;
        });
        Assert.Contains(SecondInterrupt.Notice, host.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
    }
}
