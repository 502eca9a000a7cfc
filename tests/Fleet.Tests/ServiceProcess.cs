using System.Reflection;

namespace Fleet.Tests;

/// <summary>A service, as it is deployed.</summary>
/// <param name="name">Its project.</param>
/// <param name="environment">What it is told.</param>
internal sealed class ServiceProcess(string name, Dictionary<string, string?> environment)
{
    private TestProgram? running;

    /// <summary>Where it listens, once it is started.</summary>
    public Uri Address { get; private set; } = null!;

    public async Task StartAsync()
    {
        var program = typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;
        Address = new($"http://127.0.0.1:{FreePort.Next()}");
        running = await TestWebServer.StartAsync(program, Address.ToString(), environment);
    }

    public Task KillAsync() => running?.KillAsync() ?? Task.CompletedTask;
}
