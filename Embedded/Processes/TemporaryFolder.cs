namespace Embedded.Processes;

/// <summary>A folder that goes with its owner: on disposal, or by the guard when this process dies first.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder(string prefix)
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        ProcessGuard.Shared.AddFolder(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
            ProcessGuard.Shared.RemoveFolder(Path);
        }
        catch (IOException)
        {
            // A process that was just killed may still have written to it: the guard deletes it in the end.
        }
    }
}
