using System.IO.Compression;
using System.Reflection;
using Embedded.Processes;
using Queueing.Package.Tests;

namespace Client.Tests;

/// <summary>The package, as <c>dotnet pack</c> makes it, in a feed of its own.</summary>
public sealed class PackedClient : IAsyncLifetime
{
    public const string Id = "AspireJobs.Client";

    private readonly TemporaryFolder folder = new("test-package-");

    public string Feed => Path.Combine(folder.Path, "feed");

    /// <summary>The version in the package's file name.</summary>
    public string Version => Path.GetFileNameWithoutExtension(File("nupkg"))[(Id.Length + 1)..];

    private static string Project => typeof(PackedClient).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ClientProject").Value!;

    public async ValueTask InitializeAsync() =>
        // With outputs of its own: other tests run what the solution's build made.
        await Tool.RunAsync(folder.Path, ["pack", Project, "-o", Feed, $"-p:ArtifactsPath={Path.Combine(folder.Path, "artifacts")}"]);

    /// <returns>The names of the files in the package, or in its symbols' (<c>snupkg</c>).</returns>
    public IReadOnlyList<string> Contents(string extension)
    {
        using var archive = ZipFile.OpenRead(File(extension));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public string Read(string entry)
    {
        using var archive = ZipFile.OpenRead(File("nupkg"));
        using var reader = new StreamReader(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string File(string extension) => Assert.Single(Directory.GetFiles(Feed, $"*.{extension}"));
}
