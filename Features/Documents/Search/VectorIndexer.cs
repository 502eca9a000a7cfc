using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Features.Documents.Search;

/// <summary>
/// Gives the database what makes the search in many pieces fast, as soon as it can have it: the extension <c>vector</c>, and an index for each model's
/// vectors. Where the server hasn't got the extension, or the role may not add it, nothing is missing but speed; it looks again later.
/// </summary>
/// <remarks>Every worker runs it; an advisory lock lets one at a time.</remarks>
internal sealed partial class VectorIndexer(
    NpgsqlDataSource dataSource, IOptions<PieceSearchOptions> options, TimeProvider time, ILogger<VectorIndexer> logger) : BackgroundService
{
    // A long collection's index takes minutes.
    private const int NoTimeout = 0;

    private bool saidNotAllowed;

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var lead = new NpgsqlCommand(PieceSql.TryLead, connection);
        if (await lead.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return;
        }

        try
        {
            if (await TryInstallAsync(connection, cancellationToken))
            {
                await IndexAsync(connection, cancellationToken);
            }
        }
        finally
        {
            // Not the caller's token: the connection goes back to a pool, where the lock would outlive this call.
            await ExecuteAsync(connection, PieceSql.StopLeading, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.IndexInterval, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailed(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> TryInstallAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (installed, available) = await StandingAsync(connection, cancellationToken);
        if (installed || !available)
        {
            return installed;
        }

        try
        {
            await ExecuteAsync(connection, PieceSql.InstallVectors, cancellationToken);
            LogInstalled();
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            if (!saidNotAllowed)
            {
                saidNotAllowed = true;
                LogNotAllowed(exception.MessageText);
            }

            return false;
        }
    }

    private async Task IndexAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (drop, create) in await UnindexedAsync(connection, cancellationToken))
        {
            await ExecuteAsync(connection, drop, cancellationToken);
            await ExecuteAsync(connection, create, cancellationToken);
            LogIndexed(create);
        }
    }

    private static async Task<(bool Installed, bool Available)> StandingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PieceSql.VectorsStanding, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }

    private static async Task<List<(string Drop, string Create)>> UnindexedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<(string Drop, string Create)> statements = [];
        await using var command = new NpgsqlCommand(PieceSql.FindUnindexed, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            statements.Add((reader.GetString(0), reader.GetString(1)));
        }

        return statements;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = NoTimeout };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database has the extension \"vector\" now; it compares vectors from here on")]
    private partial void LogInstalled();

    [LoggerMessage(Level = LogLevel.Information, Message = "The server has the extension \"vector\", which this role may not add to the database ({Reason}); vectors are compared outside of the server until somebody does")]
    private partial void LogNotAllowed(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Vectors have an index now: {Statement}")]
    private partial void LogIndexed(string statement);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The indexes on vectors can't be looked after ({Reason}); searches in many pieces stay slow until they can")]
    private partial void LogFailed(string reason);
}
