using System.Xml.Linq;
using Embedded.Processes;
using Queueing.Package.Tests;

namespace Client.Tests;

/// <summary>What somebody gets who references the client.</summary>
public sealed class PackageTests(Topology topology, PackedClient package) : IClassFixture<PackedClient>
{
    [Fact]
    public async Task The_readmes_program_follows_a_job_from_a_fresh_console_project()
    {
        using var folder = new TemporaryFolder("test-console-");
        await WriteAsync(folder, "Program.cs", ProgramOf(package.Read("README.md")));
        await WriteAsync(folder, "Console.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedClient.Id}" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);

        // A package folder of its own, so that no package of the same version from an earlier run is taken; everything else
        // comes from the one that the build filled.
        var shared = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await WriteAsync(folder, "nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{package.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="shared" value="{shared}" />
              </fallbackPackageFolders>
            </configuration>
            """);

        var output = await Tool.RunAsync(folder.Path, ["run"], new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = Path.Combine(folder.Path, "packages"),
            ["JOBS_API"] = topology.ApiAddress.ToString(),
        });

        Assert.Contains("2 cards, the first: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_brings_its_documentation_and_its_symbols()
    {
        string[] files = ["README.md", "lib/net10.0/AspireJobs.Client.dll", "lib/net10.0/AspireJobs.Client.xml"];
        Assert.All(files, file => Assert.Contains(file, package.Contents("nupkg")));
        Assert.Contains("lib/net10.0/AspireJobs.Client.pdb", package.Contents("snupkg"));
    }

    [Fact]
    public void It_needs_no_web_framework_and_nothing_but_extensions()
    {
        var nuspec = XDocument.Parse(package.Read($"{PackedClient.Id}.nuspec"));

        Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "frameworkReference");
        var dependencies = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
        Assert.All(dependencies, id => Assert.StartsWith("Microsoft.Extensions.", id, StringComparison.Ordinal));
    }

    private static string ProgramOf(string readme)
    {
        const string fence = "```csharp\n";
        var start = readme.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static Task WriteAsync(TemporaryFolder folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Path, name), text, TestContext.Current.CancellationToken);
}
