using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Schema;

namespace Queueing;

/// <summary>Brings a database to this version's schema: numbered files, each applied once, in order.</summary>
/// <remarks>
/// Safe to run from many processes at once: an advisory lock lets one through, and the others find nothing to do. Each
/// file and its mark are one transaction, so a cut leaves a whole number of files applied.
/// A file says which builds still run on what it makes (expand first, contract a version later), and is never changed
/// once it was released.
/// </remarks>
public sealed partial class SchemaMigrator(NpgsqlDataSource dataSource, ILogger<SchemaMigrator> logger)
{
    // Any constant serves, as long as nothing else in the database takes the same one.
    private const long AdvisoryLock = 0x4a6f_6273_4d69_6772;

    /// <summary>The schema version that this build writes and expects.</summary>
    public static int Version => SchemaFile.All[^1].Version;

    /// <exception cref="SchemaTooNewException">The database was migrated by a build too new for this one.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", cancellationToken, AdvisoryLock);
        try
        {
            await ExecuteAsync(
                connection,
                "create table if not exists schema_version (version integer primary key, applied_at timestamptz not null default now())",
                cancellationToken);
            var current = await ReadAsync(connection, cancellationToken);
            current.EnsureNotTooNew();
            foreach (var file in SchemaFile.All.Where(file => file.Version > current.Version))
            {
                await ApplyAsync(connection, file, cancellationToken);
                LogApplied(file.Name);
            }
        }
        finally
        {
            // Not the caller's token: the connection goes back to a pool, where the lock would outlive this call.
            await ExecuteAsync(connection, "select pg_advisory_unlock($1)", CancellationToken.None, AdvisoryLock);
        }

        LogReady(Version);
    }

    /// <exception cref="SchemaTooNewException">The database was migrated by a build too new for this one.</exception>
    /// <exception cref="SchemaTooOldException">The database was not migrated to what this build needs.</exception>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var current = await ReadAsync(connection, cancellationToken);
        current.EnsureNotTooNew();
        if (current.Version < Version)
        {
            throw new SchemaTooOldException(current.Version, Version);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, SchemaFile file, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, file.Text, cancellationToken);
        await ExecuteAsync(
            connection,
            HasOldestBuild(file.Version)
                ? "insert into schema_version (version, oldest_build) values ($1, $2)"
                : "insert into schema_version (version) values ($1)",
            cancellationToken,
            HasOldestBuild(file.Version) ? [file.Version, file.OldestBuild] : [file.Version]);
        await transaction.CommitAsync(cancellationToken);
    }

    // The first version's mark has no such column.
    private static bool HasOldestBuild(int version) => version > 1;

    private static async Task<Current> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // As JSON, because the mark of the first version has one column less; and there may be no table at all.
        await using var exists = new NpgsqlCommand("select to_regclass('schema_version') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return new(0, 0);
        }

        await using var command = new NpgsqlCommand(
            """
            select coalesce(max(version), 0), coalesce(max(coalesce((to_jsonb(v) ->> 'oldest_build')::integer, version)), 0)
            from schema_version v
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt32(0), reader.GetInt32(1));
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {File}")]
    private partial void LogApplied(string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is at schema version {Version}")]
    private partial void LogReady(int version);

    private readonly record struct Current(int Version, int OldestBuild)
    {
        public void EnsureNotTooNew()
        {
            if (Version > SchemaMigrator.Version && OldestBuild > SchemaMigrator.Version)
            {
                throw new SchemaTooNewException(Version, SchemaMigrator.Version, OldestBuild);
            }
        }
    }
}
