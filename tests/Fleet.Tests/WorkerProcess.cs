using System.Reflection;

namespace Fleet.Tests;

/// <summary>A worker, as it is deployed.</summary>
internal sealed class WorkerProcess(Dictionary<string, string?> environment)
{
    private static readonly string Program = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Worker").Value!;

    private TestProgram? running;

    public async Task StartAsync() => running = await TestWebServer.StartAsync(Program, $"http://127.0.0.1:{FreePort.Next()}", environment);

    public Task KillAsync() => running!.KillAsync();
}
