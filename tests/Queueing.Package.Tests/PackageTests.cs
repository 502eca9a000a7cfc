using System.Xml.Linq;
using Embedded.Processes;

namespace Queueing.Package.Tests;

/// <summary>What somebody gets who references the queue alone.</summary>
public sealed class PackageTests(PackedQueue package)
{
    [Fact]
    public async Task The_readmes_program_runs_a_job_in_a_fresh_console_project()
    {
        using var folder = new TemporaryFolder("test-console-");
        await using var postgres = await TestPostgres.StartAsync();
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
                <PackageReference Include="{PackedQueue.Id}" Version="{package.Version}" />
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="{PackedQueue.Metadata("HostingVersion")}" />
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
            ["ConnectionStrings__jobs"] = await postgres.CreateDatabaseAsync(),
        });

        Assert.Contains("""completed: {"greeting":"Hello, world!"}""", output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_brings_its_documentation_and_its_symbols()
    {
        Assert.All(["README.md", "lib/net10.0/Queueing.dll", "lib/net10.0/Queueing.xml"], file => Assert.Contains(file, package.Contents("nupkg")));
        Assert.Contains("lib/net10.0/Queueing.pdb", package.Contents("snupkg"));
    }

    [Fact]
    public void It_needs_no_web_framework()
    {
        var nuspec = XDocument.Parse(package.Read($"{PackedQueue.Id}.nuspec"));

        Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "frameworkReference");
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
