namespace AppHost.Tests;

/// <summary>The provider simulator as a part of the topology.</summary>
public sealed class SimulatorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_none_unless_it_is_asked_for()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--ephemeral"], Cancelled);

        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "simulator");
    }

    [Fact]
    public async Task Asked_for_it_answers_and_the_worker_is_told_where()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--ephemeral", "--ProviderSimulator=true"], Cancelled);
        var worker = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "worker");
        Assert.Contains(worker.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == "simulator");
        foreach (var other in builder.Resources.Where(resource => resource.Name != "simulator").ToList())
        {
            builder.Resources.Remove(other);
        }

        await using var app = await builder.BuildAsync(Cancelled);
        await app.StartAsync(Cancelled);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("simulator", Cancelled);
        using var client = app.CreateHttpClient("simulator");
        Assert.Contains("\"calls\":0", await client.GetStringAsync("/simulator/figures", Cancelled), StringComparison.Ordinal);
    }
}
