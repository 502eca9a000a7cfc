using System.Reflection;
using TestPackages;

namespace Client.Tests;

/// <summary>What somebody gets who references the client.</summary>
public sealed class PackageTests(Topology topology) : IAsyncLifetime
{
    private PackedProject package = null!;

    private static string Project => typeof(PackageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ClientProject").Value!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => package = await PackedProject.PackAsync("AspireJobs.Client", Project, Cancellation);

    [Fact]
    public async Task It_brings_what_its_readme_shows_and_no_web_framework()
    {
        Assert.All(["README.md", "lib/net10.0/AspireJobs.Client.dll", "lib/net10.0/AspireJobs.Client.xml"], file => Assert.Contains(file, package.Contents("nupkg")));
        Assert.Contains("lib/net10.0/AspireJobs.Client.pdb", package.Contents("snupkg"));
        Assert.Empty(package.Described("frameworkReference"));
        Assert.All(package.Described("dependency"), dependency => Assert.StartsWith("Microsoft.Extensions.", dependency.Attribute("id")!.Value, StringComparison.Ordinal));

        var output = await ReadmeProgram.RunAsync(package, new() { ["JOBS_API"] = topology.ApiAddress.ToString() }, [], Cancellation);

        Assert.Contains("2 cards, the first: ", output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        package.Dispose();
        return ValueTask.CompletedTask;
    }
}
