using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Bench.Queueing.Harness;

/// <summary>The peers from npm, and the Node.js that runs them, which is a package too: Debian's is too old for some.</summary>
internal static class PeerPackages
{
    public static string BenchFolder { get; } = typeof(PeerPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == nameof(BenchFolder)).Value!;

    public static string Node => Path.Combine(Modules, "node", "bin", "node");

    public static string Main => Path.Combine(Folder, "main.mjs");

    private static string Folder => Path.Combine(BenchFolder, "peers");

    private static string Modules => Path.Combine(Folder, "node_modules");

    public static async Task InstallAsync(CancellationToken cancellationToken)
    {
        // Modules find their packages from where they lie, so they are laid beside them.
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Peers")))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        Console.WriteLine($"Installing the peers by npm into {Folder}");
        var (exitCode, output) = await Tool.RunAsync(
            new("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"]) { WorkingDirectory = Folder }, cancellationToken);
        if (exitCode != 0)
        {
            throw new BenchException($"npm could not install the peers: {output}");
        }
    }

    /// <summary>The installed versions of the packages that this benchmark asks for, Node.js among them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Versions()
    {
        using var wanted = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "package.json")));
        foreach (var package in wanted.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            using var installed = JsonDocument.Parse(File.ReadAllText(Path.Combine(Modules, package.Name, "package.json")));
            yield return new(package.Name, installed.RootElement.GetProperty("version").GetString()!);
        }
    }
}
