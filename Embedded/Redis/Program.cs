using System.Globalization;
using System.Runtime.InteropServices;
using Embedded.Redis;
using Garnet;

// Usage: Embedded.Redis <port> [data folder]. The password comes by REDIS_PASSWORD: a command line is there for all to read.
if (args is not [var portText, .. var folder] || !ushort.TryParse(portText, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine("Usage: Embedded.Redis <port> [data folder]");
    return 2;
}

var stopped = new TaskCompletionSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopped.TrySetResult();
}
using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

var options = LoopbackServer.Options(port, Environment.GetEnvironmentVariable("REDIS_PASSWORD"), folder.FirstOrDefault());
using var server = new GarnetServer(options);
server.Start();
Console.WriteLine($"Ready on 127.0.0.1:{port}");

await stopped.Task;
if (options.EnableAOF)
{
    await server.Store.CommitAOFAsync(CancellationToken.None);
}
return 0;
