using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>
/// Runs an AppHost's entry point for a test, on a thread of its own. The builder that it makes there stops at
/// <c>Build()</c> until the test has changed what it wants to change, and the application is the test's to start and stop.
/// </summary>
internal sealed class EntryPointRun(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<EntryPointRun?> Ambient = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static EntryPointRun? Current => Ambient.Value;

    public Task<DistributedApplicationBuilder> Builder => builder.Task;

    public Task Over => over.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = $"{assembly.GetName().Name} under test" }.Start();

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        mayBuild.TrySetResult();
        return application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the entry point come to its end, also where it never got past <c>Build()</c>.</summary>
    public void End()
    {
        mayBuild.TrySetCanceled();
        over.TrySetResult();
    }

    internal void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = assembly.FullName;
        configure(options, settings);
    }

    internal void WaitForTest(DistributedApplicationBuilder reached)
    {
        builder.TrySetResult(reached);
        mayBuild.Task.GetAwaiter().GetResult();
    }

    internal void Built(DistributedApplication built) => application.TrySetResult(built);

    private void Run()
    {
        Ambient.Value = this;
        try
        {
            var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"{assembly} has no entry point.");
            entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entryPoint.GetParameters().Length == 0 ? null : [args], null);
            Fail(new InvalidOperationException($"The entry point of {assembly.GetName().Name} ended without building an application."));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        builder.TrySetException(exception);
        application.TrySetException(exception);
    }
}
