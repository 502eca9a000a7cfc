namespace Embedded.Postgres;

internal static class InstalledPostgres
{
    /// <summary>The newest PostgreSQL among the folders; of one major version when <paramref name="major"/> is given.</summary>
    public static PostgresBinaries? Newest(IEnumerable<string> folders, int? major = null) => folders
        .Select(PostgresBinaries.TryRead)
        .OfType<PostgresBinaries>()
        .Where(binaries => major is null || binaries.Major == major)
        .MaxBy(binaries => binaries.Major);

    /// <summary>Where packages and installers put the server's programs. On Debian they are not on the PATH.</summary>
    public static IEnumerable<string> Folders() => FromPath()
        .Concat(Under("/usr/lib/postgresql", "*"))
        .Concat(Under("/opt/homebrew/opt", "postgresql@*"))
        .Concat(Under("/usr/local/opt", "postgresql@*"))
        .Concat(Under(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*"))
        .Distinct();

    // A link on the PATH stands alone; the other programs are beside its target.
    private static IEnumerable<string> FromPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        let program = new FileInfo(new PostgresBinaries(folder, 0).Postgres)
        where program.Exists
        select Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program.FullName);

    private static IEnumerable<string> Under(string root, string pattern) => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root, pattern).Select(version => Path.Combine(version, "bin"))
        : [];
}
