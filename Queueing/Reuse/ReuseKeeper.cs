using Npgsql;
using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Reuse;

/// <summary>Forgets results that are taken over no more.</summary>
internal sealed class ReuseKeeper(NpgsqlDataSource dataSource) : IMaintenanceTask
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ForgetReuse);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
