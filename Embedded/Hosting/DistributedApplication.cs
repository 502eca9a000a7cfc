using Aspire.Hosting.ApplicationModel;
using Embedded.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public sealed class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost host;
    private readonly EntryPointRun? test;

    internal DistributedApplication(IHost host, EntryPointRun? test)
    {
        this.host = host;
        this.test = test;
    }

    public IServiceProvider Services => host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder(new DistributedApplicationOptions());

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Returns when the resources are being started; wait for one of them by <see cref="ResourceNotifications"/>.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Returns when everything has stopped. What keeps the application from running goes to standard error as a sentence,
    /// and the process ends with 1.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (test is not null)
        {
            // The test starts and stops the application that its entry point runs.
            await test.Over.WaitAsync(cancellationToken);
            return;
        }

        var runner = Services.GetRequiredService<ApplicationRunner>();
        using var secondInterrupt = new SecondInterrupt(runner.KillAll);
        try
        {
            await host.StartAsync(cancellationToken);
            await host.WaitForShutdownAsync(cancellationToken);
        }
        catch (DistributedApplicationException exception)
        {
            await host.StopAsync(CancellationToken.None);
            runner.Failure ??= exception.Message;
        }
        finally
        {
            await DisposeAsync();
        }
        if (runner.Failure is { } failure)
        {
            await Console.Error.WriteLineAsync(failure);
            Environment.ExitCode = 1;
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        test?.End();
        switch (host)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            default:
                host.Dispose();
                break;
        }
    }
}
