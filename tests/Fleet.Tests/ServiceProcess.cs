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

    private string Program =>
        typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;

    /// <summary>Runs it to its end, with an argument.</summary>
    public async Task RunAsync(string argument)
    {
        var program = TestProgram.Start("dotnet", ["exec", Program, argument], Path.GetDirectoryName(Program)!, environment);
        Assert.Equal(0, await program.Exited);
    }

    public async Task StartAsync()
    {
        Address = new($"http://127.0.0.1:{FreePort.Next()}");
        running = await TestWebServer.StartAsync(Program, Address.ToString(), environment);
    }

    public Task KillAsync() => running?.KillAsync() ?? Task.CompletedTask;
}
