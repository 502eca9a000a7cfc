namespace Providers.Programs;

/// <summary>A folder for the files of one call, that nobody else may read; they are deleted with it.</summary>
internal sealed class CallFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("call-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
