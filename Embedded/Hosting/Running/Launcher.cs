using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Embedded.Postgres;
using Embedded.Processes;

namespace Embedded.Hosting;

/// <summary>A process that was started, and the signal that asks it to stop.</summary>
internal sealed record Launched(ChildProcess Process, StopSignal StopSignal = StopSignal.Terminate);

/// <summary>Starts the process that a resource stands for. A server's launch ends when it accepts connections.</summary>
internal sealed class Launcher(ProjectEnvironment environment, StateFolders state)
{
    private static readonly string Dotnet = Path.GetFullPath(
        Path.Combine("..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), RuntimeEnvironment.GetRuntimeDirectory());

    private static readonly string RedisAssembly = typeof(Launcher).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Embedded.Redis").Value!;

    public static bool CanLaunch(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public Task<Launched> LaunchAsync(IResource resource, int replica, Action<string, bool> output, CancellationToken cancellationToken) => resource switch
    {
        ProjectResource project => LaunchAsync(project, replica, output, cancellationToken),
        ExecutableResource executable => LaunchAsync(executable, replica, output, cancellationToken),
        PostgresServerResource postgres => LaunchAsync(postgres, output, cancellationToken),
        RedisResource redis => LaunchAsync(redis, output, cancellationToken),
        _ => throw new DistributedApplicationException($"'{resource.Name}' is a {resource.GetType().Name}, which can't be run here."),
    };

    private async Task<Launched> LaunchAsync(ProjectResource project, int replica, Action<string, bool> output, CancellationToken cancellationToken)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().First();
        var assembly = metadata.AssemblyPath ?? throw new DistributedApplicationException($"'{project.Name}': {metadata.GetType()} doesn't say where the built program is.");
        return new Launched(ChildProcess.Start(new ChildCommand(Dotnet, ["exec", assembly, .. Arguments(project)])
        {
            WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath),
            Environment = await environment.ForAsync(project, replica, cancellationToken),
            Output = output,
        }));
    }

    private async Task<Launched> LaunchAsync(ExecutableResource executable, int replica, Action<string, bool> output, CancellationToken cancellationToken) =>
        new(ChildProcess.Start(new ChildCommand(executable.Command, Arguments(executable))
        {
            WorkingDirectory = executable.WorkingDirectory,
            Environment = await environment.ForAsync(executable, replica, cancellationToken),
            Output = output,
        }));

    private async Task<Launched> LaunchAsync(PostgresServerResource resource, Action<string, bool> output, CancellationToken cancellationToken)
    {
        var folder = state[resource];
        var server = await PostgresServer.StartAsync(new PostgresOptions
        {
            DataFolder = Path.Combine(folder.Path, "data"),
            Durable = folder.IsKept,
            Port = resource.PrimaryEndpoint.Port,
            UserName = await resource.UserName.GetValueAsync(cancellationToken) ?? "postgres",
            Password = await resource.PasswordParameter.GetValueAsync(cancellationToken),
            Log = line => output(line, false),
        }, cancellationToken);
        return new Launched(server.Process, StopSignal.Interrupt);
    }

    private async Task<Launched> LaunchAsync(RedisResource resource, Action<string, bool> output, CancellationToken cancellationToken)
    {
        var folder = state[resource];
        string[] data = folder.IsKept ? [Path.Combine(folder.Path, "data")] : [];
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ChildProcess.Start(new ChildCommand(
            Dotnet, ["exec", RedisAssembly, resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture), .. data])
        {
            Environment = new Dictionary<string, string?> { ["REDIS_PASSWORD"] = await resource.PasswordParameter.GetValueAsync(cancellationToken) },
            Output = (line, isError) =>
            {
                output(line, isError);
                if (line.StartsWith("Ready on", StringComparison.Ordinal))
                {
                    ready.TrySetResult();
                }
            },
        });
        await using var killed = cancellationToken.Register(process.Kill);
        await Task.WhenAny(ready.Task, process.Exited);
        return new Launched(process);
    }

    private static string[] Arguments(IResource resource) =>
        [.. resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments)];
}
