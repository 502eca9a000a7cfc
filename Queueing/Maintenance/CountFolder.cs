using Npgsql;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Adds up what the counters' deltas say, so that counting reads few rows.</summary>
internal sealed class CountFolder(NpgsqlDataSource dataSource) : IMaintenanceTask
{
    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.FoldCounts);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
