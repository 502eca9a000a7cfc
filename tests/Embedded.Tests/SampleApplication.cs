using Microsoft.Extensions.DependencyInjection;

namespace Embedded.Tests;

/// <summary>An application whose model a test makes, started in the test's own process.</summary>
internal sealed class SampleApplication(IDistributedApplicationTestingBuilder builder, DistributedApplication app) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public DistributedApplication App => app;

    public DistributedApplicationModel Model => app.Services.GetRequiredService<DistributedApplicationModel>();

    public ResourceNotificationService States => app.ResourceNotifications;

    public ResourceLoggerService Logs => app.Services.GetRequiredService<ResourceLoggerService>();

    public static async Task<SampleApplication> BuildAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Embedded_Tests_AppHost>(args, TestContext.Current.CancellationToken);
        model(builder);
        return new SampleApplication(builder, await builder.BuildAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<SampleApplication> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        var application = await BuildAsync(model, args);
        await application.App.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }

    public Task<ResourceEvent> HealthyAsync(string resource) =>
        States.WaitForResourceHealthyAsync(resource, TestContext.Current.CancellationToken).WaitAsync(Deadline, TimeProvider.System);

    public Task<ResourceEvent> WhenAsync(string resource, Func<CustomResourceSnapshot, bool> predicate) =>
        States.WaitForResourceAsync(resource, changed => predicate(changed.Snapshot), TestContext.Current.CancellationToken)
            .WaitAsync(Deadline, TimeProvider.System);

    public HttpClient Client(string resource) => app.CreateHttpClient(resource);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await builder.DisposeAsync();
    }
}
