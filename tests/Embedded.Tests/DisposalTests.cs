namespace Embedded.Tests;

public class DisposalTests
{
    [Fact]
    public async Task Disposing_an_application_stops_it()
    {
        int? pid;
        await using (var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Embedded_Tests_AppHost>(TestContext.Current.CancellationToken))
        {
            builder.AddWeb("web");
            await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
            await app.StartAsync(TestContext.Current.CancellationToken);
            pid = (await app.ResourceNotifications.WaitForResourceHealthyAsync("web", TestContext.Current.CancellationToken)).Snapshot.ProcessId;
            Assert.True(Live.IsRunning(pid!.Value));
        }
        Assert.False(Live.IsRunning(pid.Value));
    }

    [Fact]
    public async Task A_builder_that_is_never_built_lets_its_entry_point_end()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Embedded_Tests_AppHost>(TestContext.Current.CancellationToken);
        await builder.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => builder.BuildAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stopped_application_leaves_no_folder()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddPostgres("postgres"));
        var postgres = await application.HealthyAsync("postgres");
        var folder = Path.GetDirectoryName(Live.CommandLine(postgres.Snapshot.ProcessId!.Value).Split(" -D ")[1].Split(' ')[0]);
        Assert.True(Directory.Exists(folder));

        await application.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(folder));
    }
}
