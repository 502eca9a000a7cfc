namespace Embedded.Tests;

public class StartOrderTests
{
    [Fact]
    public async Task A_resource_starts_when_what_it_waits_for_is_healthy_or_done()
    {
        await using var application = await SampleApplication.BuildAsync(static _ => { }, "model=whole");
        List<ResourceEvent> seen = [];
        var watching = WatchUntilHealthyAsync(application, "web", seen);
        await application.App.StartAsync(TestContext.Current.CancellationToken);
        await watching.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);

        int First(string name, Func<ResourceEvent, bool> predicate) => seen.FindIndex(changed => changed.Resource.Name == name && predicate(changed));
        bool IsStarting(ResourceEvent changed) => changed.Snapshot.State?.Text == KnownResourceStates.Starting;
        Assert.InRange(First("jobs", changed => changed.IsHealthy), First("postgres", changed => changed.IsHealthy), First("migrate", IsStarting));
        Assert.InRange(First("migrate", changed => changed.Snapshot is { ExitCode: 0, State.Text: "Finished" }), 0, First("web", IsStarting));
        Assert.InRange(First("redis", changed => changed.IsHealthy), 0, First("web", IsStarting));
        // Neither waits for the other.
        Assert.InRange(First("redis", IsStarting), 0, First("postgres", changed => changed.IsHealthy));
    }

    [Fact]
    public async Task When_the_awaited_work_fails_nothing_that_waits_for_it_starts()
    {
        await using var application = await SampleApplication.StartAsync(static builder =>
        {
            var migrate = builder.AddExit("migrate", 3);
            var web = builder.AddWeb("web").WaitForCompletion(migrate);
            builder.AddWeb("last").WaitFor(web);
        });

        await Assert.ThrowsAsync<DistributedApplicationException>(() => application.HealthyAsync("last"));
        Assert.Equal(KnownResourceStates.FailedToStart, application.States.Replicas(application.Model.Resources[1]).Single().Snapshot.State?.Text);
        Assert.Equal(3, application.States.Replicas(application.Model.Resources[0]).Single().Snapshot.ExitCode);
    }

    [Fact]
    public async Task Another_exit_code_can_be_the_right_one()
    {
        await using var application = await SampleApplication.StartAsync(static builder =>
            builder.AddWeb("web").WaitForCompletion(builder.AddExit("check", 3), exitCode: 3));

        await application.HealthyAsync("web");
    }

    [Fact]
    public async Task Replicas_listen_on_ports_of_their_own_and_are_healthy_together()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web").WithReplicas(2));
        await application.HealthyAsync("web");

        var replicas = application.States.Replicas(application.Model.Resources.Single());
        Assert.Equal(["web-1", "web-2"], replicas.Select(replica => replica.ResourceId).Order());
        Assert.All(replicas, replica => Assert.True(replica.IsHealthy));
        Assert.Equal(2, replicas.SelectMany(replica => replica.Snapshot.Urls).Distinct().Count());
    }

    private static async Task WatchUntilHealthyAsync(SampleApplication application, string name, List<ResourceEvent> seen)
    {
        await foreach (var changed in application.States.WatchAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(changed);
            if (changed.Resource.Name == name && changed.IsHealthy)
            {
                return;
            }
        }
    }
}
