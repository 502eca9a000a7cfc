using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Embedded.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder host;
    private readonly EntryPointRun? test = EntryPointRun.Current;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        test?.Configure(options, settings);

        var assembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly()!;
        AppHostDirectory = Metadata(assembly, "apphostprojectpath") ?? Directory.GetCurrentDirectory();
        settings.ApplicationName ??= assembly.GetName().Name;
        settings.ContentRootPath ??= AppHostDirectory;
        host = new HostApplicationBuilder(settings);

        // What is said about start and stop is said by the application itself.
        host.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        host.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        host.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ApplicationRunner.StopTime);

        host.Services.AddSingleton(TimeProvider.System);
        host.Services.AddSingleton(new DistributedApplicationModel(Resources));
        host.Services.AddSingleton<ResourceNotificationService>();
        host.Services.AddSingleton<ResourceLoggerService>();
        host.Services.AddSingleton(new AppHostInfo(AppHostDirectory, IsTest: test is not null));
        host.Services.AddSingleton<ApplicationRunner>();
        if (test is null)
        {
            host.Services.AddHostedService<ConsoleLog>();
            host.Services.AddHostedService<StartReport>();
            host.Services.AddHostedService<ParentWatch>();
        }
        else
        {
            // The test's own process decides about signals and about the console.
            host.Logging.ClearProviders();
            host.Services.AddSingleton<IHostLifetime, NoLifetime>();
            host.Services.AddHostedService<LoggedResources>();
            host.Services.AddHttpClient();
        }
        // Last, so that those above hear of everything; it is stopped first.
        host.Services.AddHostedService(services => services.GetRequiredService<ApplicationRunner>());
    }

    public ConfigurationManager Configuration => host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => host.Environment;

    public IServiceCollection Services => host.Services;

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        test?.WaitForTest(this);
        var application = new DistributedApplication(host.Build(), test);
        test?.Built(application);
        return application;
    }

    private static string? Metadata(Assembly assembly, string key) => assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}
