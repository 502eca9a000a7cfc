using Npgsql;
using NpgsqlTypes;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Fails jobs that were not begun in time.</summary>
internal sealed class JobExpirer(NpgsqlDataSource dataSource, JobEvents events) : IMaintenanceTask
{
    private const int Batch = 1000;

    private static readonly JobError Expired = new("expired", "The job was not begun before it expired.", Transient: false);

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await ExpireAsync(cancellationToken) == Batch)
        {
            // More of them are late.
        }
    }

    private async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ExpireJobs);
        command.Parameters.Add(Statement.Value(JobJson.Write(Expired), NpgsqlDbType.Json));
        command.Parameters.Add(Statement.Value(Batch, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var expired = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Failed(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), Expired);
            expired++;
        }

        return expired;
    }
}
