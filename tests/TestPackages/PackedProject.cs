using System.IO.Compression;
using System.Xml.Linq;
using Embedded.Processes;

namespace TestPackages;

/// <summary>A project's package, as <c>dotnet pack</c> makes it, in a feed of its own.</summary>
public sealed class PackedProject : IDisposable
{
    private readonly TemporaryFolder folder = new("test-package-");

    private PackedProject(string id) => Id = id;

    public string Id { get; }

    /// <summary>The folder that the package is in.</summary>
    public string Feed => Path.Combine(folder.Path, "feed");

    /// <summary>The version in the package's file name.</summary>
    public string Version => Path.GetFileNameWithoutExtension(PathOf("nupkg"))[(Id.Length + 1)..];

    public static async Task<PackedProject> PackAsync(string id, string project, CancellationToken cancellationToken)
    {
        var package = new PackedProject(id);

        // With outputs of its own: other tests run what the solution's build made.
        await Tool.RunAsync(
            package.folder.Path,
            ["pack", project, "-o", package.Feed, $"-p:ArtifactsPath={Path.Combine(package.folder.Path, "artifacts")}"],
            new Dictionary<string, string?>(),
            cancellationToken);
        return package;
    }

    /// <returns>The names of the files in the package, or in its symbols' (<c>snupkg</c>).</returns>
    public IReadOnlyList<string> Contents(string extension)
    {
        using var archive = ZipFile.OpenRead(PathOf(extension));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    public string Read(string entry)
    {
        using var archive = ZipFile.OpenRead(PathOf("nupkg"));
        using var reader = new StreamReader(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    /// <returns>The elements of its description that have a name.</returns>
    public IEnumerable<XElement> Described(string name) =>
        XDocument.Parse(Read($"{Id}.nuspec")).Descendants().Where(element => element.Name.LocalName == name);

    public void Dispose() => folder.Dispose();

    private string PathOf(string extension) => Directory.GetFiles(Feed, $"*.{extension}").Single();
}
