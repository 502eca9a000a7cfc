using System.Runtime.InteropServices;
using Bench.Queueing;
using Bench.Queueing.Contenders;
using Bench.Queueing.Harness;

// The harness, and, with this one argument, a process that it starts to hold one side of a .NET contender.
if (args is [ContenderProcess.Argument])
{
    await CommandLoop.RunAsync(Console.In, Console.Out);
    return 0;
}

if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await BenchRun.RunAsync(BenchOptions.Parse(args), stop.Token);
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped; everything that was started is ended.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
