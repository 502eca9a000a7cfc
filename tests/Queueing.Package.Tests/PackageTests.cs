using System.Reflection;
using TestPackages;

namespace Queueing.Package.Tests;

/// <summary>What somebody gets who references the queue alone.</summary>
public sealed class PackageTests : IAsyncLifetime
{
    private PackedProject package = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => package = await PackedProject.PackAsync("AspireJobs.Queueing", Metadata("QueueingProject"), Cancellation);

    [Fact]
    public async Task It_brings_what_its_readme_shows_and_no_web_framework()
    {
        Assert.All(["README.md", "lib/net10.0/Queueing.dll", "lib/net10.0/Queueing.xml"], file => Assert.Contains(file, package.Contents("nupkg")));
        Assert.Contains("lib/net10.0/Queueing.pdb", package.Contents("snupkg"));
        Assert.Empty(package.Described("frameworkReference"));
        await using var postgres = await TestPostgres.StartAsync();

        var output = await ReadmeProgram.RunAsync(
            package,
            new() { ["ConnectionStrings__jobs"] = await postgres.CreateDatabaseAsync() },
            [("Microsoft.Extensions.Hosting", Metadata("HostingVersion"))],
            Cancellation);

        Assert.Contains("""completed: {"greeting":"Hello, world!"}""", output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        package.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) => typeof(PackageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
