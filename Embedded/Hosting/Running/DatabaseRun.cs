using Aspire.Hosting.ApplicationModel;
using Embedded.Postgres;
using Npgsql;

namespace Embedded.Hosting;

/// <summary>A database is as its server is, once it has been created there.</summary>
internal sealed class DatabaseRun(PostgresDatabaseResource database, ResourceNotificationService notifications, ResourceStates states)
{
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var exists = false;
        await foreach (var changed in notifications.WatchAsync(stoppingToken).Where(changed => changed.Resource == database.Parent))
        {
            if (changed.IsHealthy && !exists)
            {
                exists = await TryCreateAsync(stoppingToken);
            }
            var server = changed.Snapshot;
            states.Publish(database, database.Name, state => state with
            {
                State = changed.IsHealthy && !exists ? KnownResourceStates.Starting : server.State,
                HealthStatus = exists ? server.HealthStatus : null,
                StartTimeStamp = server.StartTimeStamp,
            });
        }
    }

    private async Task<bool> TryCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var server = await database.Parent.ConnectionStringExpression.GetValueAsync(cancellationToken);
            await Database.EnsureAsync(server!, database.DatabaseName, cancellationToken);
            return true;
        }
        catch (NpgsqlException exception)
        {
            // The next healthy state of the server tries again: a server that refuses now is about to end.
            states.Say(database.Name, $"could not be created: {exception.Message}");
            return false;
        }
    }
}
