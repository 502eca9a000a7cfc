using System.Security.Cryptography;
using Aspire.Hosting;
using Embedded.Processes;

namespace Embedded.Hosting;

/// <summary>
/// Where a server keeps its data, its password beside it. A volume belongs to one application at a time: the lock is
/// the operating system's on an open file, and so ends with the process, however that ends.
/// </summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream? fileLock;
    private readonly TemporaryFolder? temporary;

    private StateFolder(string path, FileStream? fileLock, TemporaryFolder? temporary)
    {
        Path = path;
        this.fileLock = fileLock;
        this.temporary = temporary;
    }

    public string Path { get; }

    public bool IsKept => temporary is null;

    public static StateFolder Temporary()
    {
        var folder = new TemporaryFolder("aspire-");
        return new StateFolder(folder.Path, null, folder);
    }

    public static StateFolder Kept(string path, string waysOut)
    {
        Directory.CreateDirectory(path);
        var owner = System.IO.Path.Combine(path, "owner");
        try
        {
            var fileLock = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, $"{Environment.ProcessId}");
            return new StateFolder(path, fileLock, null);
        }
        catch (IOException) when (File.Exists(owner))
        {
            throw new DistributedApplicationException($"The data in {path} is in use by process {File.ReadAllText(owner)}. Stop it, or {waysOut}");
        }
    }

    /// <summary>The one it was made with, which the data is locked with from then on.</summary>
    public string Password()
    {
        var file = System.IO.Path.Combine(Path, "password");
        if (File.Exists(file))
        {
            return File.ReadAllText(file);
        }

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var writer = new StreamWriter(file, options);
        writer.Write(password);
        return password;
    }

    public void Dispose()
    {
        fileLock?.Dispose();
        temporary?.Dispose();
    }
}
