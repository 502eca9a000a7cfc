using System.Diagnostics;

namespace Browser.Tests;

/// <summary>The npm packages that the tests use, at the versions of <c>Node/package-lock.json</c>, beside the built tests.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <returns>The folder with <c>node_modules</c>.</returns>
    public static Task<string> FolderAsync() => Installed.Value;

    /// <summary>Runs a script to its end, with the Node that Playwright brings along.</summary>
    /// <returns>The exit code, and what it wrote to either output.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var folder = await FolderAsync();
        return await RunAsync(NodePath(), arguments, folder);
    }

    /// <summary>Starts a script that goes on; it ends with the test's process at the latest.</summary>
    public static async Task<TestProgram> StartAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        TestProgram.Start(NodePath(), arguments, await FolderAsync(), environment);

    private static string NodePath()
    {
        var system = OperatingSystem.IsWindows() ? "win32_x64" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), OperatingSystem.IsWindows() ? "node.exe" : "node", SearchOption.AllDirectories)
            .First(path => path.Contains(system, StringComparison.Ordinal));
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Node");
        if (File.GetLastWriteTimeUtc(Path.Combine(folder, "node_modules", ".package-lock.json")) < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            string[] install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
            var (exitCode, output) = OperatingSystem.IsWindows()
                ? await RunAsync("cmd", ["/c", "npm", .. install], folder)
                : await RunAsync("npm", install, folder);
            Assert.True(exitCode == 0, output);
        }

        return folder;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + errors);
    }
}
