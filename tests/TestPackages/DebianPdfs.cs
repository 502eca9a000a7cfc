using System.Diagnostics;

namespace TestPackages;

/// <summary>
/// PDFs of Debian's documentation packages: written by other people, with other programs. They are downloaded and unpacked, not installed, and
/// kept for the next run.
/// </summary>
public static class DebianPdfs
{
    private static readonly string Cache = Path.Combine(Path.GetTempPath(), $"debian-pdfs-{Environment.UserName}");
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <param name="package">The package's name.</param>
    /// <param name="file">The file's path in it.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>Where the file is, or null where the package can't be had: no Debian, or no way to its servers.</returns>
    public static async Task<string?> FindAsync(string package, string file, CancellationToken cancellationToken)
    {
        var unpacked = Path.Combine(Cache, package);
        var path = Path.Combine(unpacked, file);
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return File.Exists(path) || await FetchAsync(package, unpacked, cancellationToken) ? path : null;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<bool> FetchAsync(string package, string unpacked, CancellationToken cancellationToken)
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            return false;
        }

        // Another test process may do the same at the same time: each has a folder of its own, and one of them becomes the cache.
        Directory.CreateDirectory(Cache);
        var folder = Directory.CreateDirectory(Path.Combine(Cache, $".{package}-{Guid.NewGuid():N}")).FullName;
        try
        {
            if (!await SucceedsAsync(folder, ["apt-get", "download", "-qq", package], cancellationToken)
                || Directory.GetFiles(folder, "*.deb") is not [var archive]
                || !await SucceedsAsync(folder, ["dpkg", "-x", archive, "content"], cancellationToken))
            {
                return false;
            }

            if (!Directory.Exists(unpacked))
            {
                Directory.Move(Path.Combine(folder, "content"), unpacked);
            }

            return true;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> SucceedsAsync(string folder, string[] words, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = folder })!;
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
