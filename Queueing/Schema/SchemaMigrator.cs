using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Schema;
using static Queueing.Schema.SchemaMarks;

namespace Queueing;

/// <summary>
/// Brings a database to this version's schema, the queue's and that of the libraries that added theirs: numbered files, each applied
/// once, in order.
/// </summary>
/// <remarks>
/// Safe to run from many processes at once: an advisory lock lets one through, and the others find nothing to do. Each
/// file and its mark are one transaction, so a cut leaves a whole number of files applied.
/// A file says which builds still run on what it makes (expand first, contract a version later), and is never changed
/// once it was released.
/// </remarks>
public sealed partial class SchemaMigrator
{
    // Any constant serves, as long as nothing else in the database takes the same one.
    private const long AdvisoryLock = 0x4a6f_6273_4d69_6772;

    private readonly NpgsqlDataSource dataSource;
    private readonly SchemaPart[] parts;
    private readonly ILogger<SchemaMigrator> logger;

    /// <summary>A migrator of the queue's own tables.</summary>
    public SchemaMigrator(NpgsqlDataSource dataSource, ILogger<SchemaMigrator> logger)
        : this(dataSource, [], logger)
    {
    }

    internal SchemaMigrator(NpgsqlDataSource dataSource, IEnumerable<SchemaPart> added, ILogger<SchemaMigrator> logger) =>
        (this.dataSource, parts, this.logger) = (dataSource, [SchemaPart.Queue, .. added], logger);

    /// <summary>The version of the queue's schema that this build writes and expects.</summary>
    public static int Version => SchemaPart.Queue.Version;

    /// <exception cref="SchemaTooNewException">The database was migrated by a build too new for this one.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", cancellationToken, AdvisoryLock);
        try
        {
            await CreateAsync(connection, cancellationToken);
            foreach (var part in parts)
            {
                await MigrateAsync(connection, part, cancellationToken);
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
        foreach (var part in parts)
        {
            var mark = await ReadAsync(connection, part, cancellationToken);
            part.EnsureNotTooNew(mark);
            part.EnsureNotTooOld(mark);
        }
    }

    private async Task MigrateAsync(NpgsqlConnection connection, SchemaPart part, CancellationToken cancellationToken)
    {
        var mark = await ReadAsync(connection, part, cancellationToken);
        part.EnsureNotTooNew(mark);
        foreach (var file in part.Files.Where(file => file.Version > mark.Version))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, file.Text, cancellationToken);
            await AddAsync(connection, part, file, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            LogApplied(file.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {File}")]
    private partial void LogApplied(string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is at schema version {Version}")]
    private partial void LogReady(int version);
}
