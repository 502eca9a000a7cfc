using Embedded.Hosting;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost for a test: on free ports, with temporary data, in the environment of its launch profile.</summary>
public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync<TEntryPoint>(args, static (_, _) => { }, cancellationToken);

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var run = new EntryPointRun(typeof(TEntryPoint).Assembly, args, (options, settings) =>
        {
            settings.EnvironmentName = EnvironmentName(typeof(TEntryPoint));
            configureBuilder(options, settings);
        });
        run.Start();
        return new TestingBuilder(run, await run.Builder.WaitAsync(cancellationToken));
    }

    private static string EnvironmentName(Type entryPoint)
    {
        var launch = LaunchSettings.Read(entryPoint.GetProperty("ProjectPath")?.GetValue(null) as string ?? "");
        return launch.FirstProjectProfile is { } profile && launch.Profiles[profile].EnvironmentVariables.TryGetValue("DOTNET_ENVIRONMENT", out var name)
            ? name
            : Environments.Development;
    }
}
