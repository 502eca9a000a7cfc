namespace Embedded.Tests;

public class ModelTests
{
    [Fact]
    public async Task The_model_is_there_before_anything_starts()
    {
        await using var application = await SampleApplication.BuildAsync(static _ => { }, "model=whole", "keep=true", "web:port=5999");

        Assert.Equal(["postgres", "jobs", "redis", "migrate", "web"], application.Model.Resources.Select(resource => resource.Name));
        var database = Assert.Single(application.Model.Resources.OfType<PostgresDatabaseResource>());
        Assert.Equal("postgres", database.Parent.Name);
        var web = Assert.IsType<ProjectResource>(application.Model.Resources[^1]);
        Assert.Equal(5999, Assert.Single(web.Annotations.OfType<EndpointAnnotation>()).Port);
        Assert.Equal(
            [("jobs", WaitType.WaitUntilHealthy), ("redis", WaitType.WaitUntilHealthy), ("migrate", WaitType.WaitForCompletion)],
            web.Annotations.OfType<WaitAnnotation>().Select(wait => (wait.Resource.Name, wait.WaitType)));
    }

    [Fact]
    public async Task A_test_can_change_the_services_the_settings_and_the_model()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Embedded_Tests_AppHost>(TestContext.Current.CancellationToken);
        builder.Configuration["Parameters:key"] = "value";
        var key = builder.AddParameter("key", secret: true);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);

        Assert.Equal("value", await key.Resource.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Development", builder.Environment.EnvironmentName);
        Assert.EndsWith("Embedded.Tests.AppHost", builder.AppHostDirectory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_without_a_value_says_which_setting_it_wants()
    {
        await using var application = await SampleApplication.BuildAsync(static builder => builder.AddParameter("key"));
        var key = application.Model.Resources.OfType<ParameterResource>().Single();

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => key.GetValueAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Contains("Parameters:key", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_in_the_entry_point_reaches_the_test()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.Embedded_Tests_AppHost>(["model=broken"], TestContext.Current.CancellationToken));
        Assert.Equal("This AppHost is broken.", exception.Message);
    }

    [Fact]
    public async Task Addresses_are_unknown_before_the_start()
    {
        await using var application = await SampleApplication.BuildAsync(static _ => { }, "model=whole");

        Assert.Throws<InvalidOperationException>(() => application.App.GetEndpoint("web"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => application.App.GetConnectionStringAsync("jobs", TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Two_resources_cannot_share_a_name_nor_one_resource_an_endpoint()
    {
        await using var application = await SampleApplication.BuildAsync(static builder =>
        {
            var web = builder.AddWeb("web");
            Assert.Throws<DistributedApplicationException>(() => builder.AddRedis("Web"));
            Assert.Throws<DistributedApplicationException>(() => web.WithHttpEndpoint());
        });
    }
}
