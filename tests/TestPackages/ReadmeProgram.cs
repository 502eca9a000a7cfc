using Embedded.Processes;

namespace TestPackages;

/// <summary>The first program of a package's README, in a console project that references the package and nothing else of this repository.</summary>
public static class ReadmeProgram
{
    /// <summary>Builds and runs it.</summary>
    /// <param name="package">The package.</param>
    /// <param name="environment">What the program finds in its environment.</param>
    /// <param name="references">Other packages, with their versions.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(
        PackedProject package, Dictionary<string, string?> environment, (string Id, string Version)[] references, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        using var folder = new TemporaryFolder("test-console-");
        await WriteAsync("Program.cs", FirstProgramOf(package.Read("README.md")));
        await WriteAsync("Console.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(references.Append((package.Id, package.Version)).Select(reference => $"<PackageReference Include=\"{reference.Item1}\" Version=\"{reference.Item2}\" />"))}
              </ItemGroup>
            </Project>
            """);

        // A package folder of its own, so that no package of the same version from an earlier run is taken; everything else
        // comes from the one that the build filled.
        var shared = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await WriteAsync("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{package.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="shared" value="{shared}" />
              </fallbackPackageFolders>
            </configuration>
            """);

        return await Tool.RunAsync(
            folder.Path,
            ["run"],
            new Dictionary<string, string?>(environment) { ["NUGET_PACKAGES"] = Path.Combine(folder.Path, "packages") },
            cancellationToken);

        Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.Path, name), text, cancellationToken);
    }

    private static string FirstProgramOf(string readme)
    {
        const string fence = "```csharp\n";
        var start = readme.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
