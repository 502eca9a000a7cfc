using Npgsql;
using Queueing.History.Tests.Proxies;
using Queueing.History.Tests.Running;
using StackExchange.Redis;

namespace Queueing.History.Tests.Faults;

/// <summary>Brings about what befalls servers and the ways to them; when it returns, all is well again, but for a transaction that is held on.</summary>
internal sealed class ServerFaults(Cluster cluster, TimeProvider time)
{
    private const int WritesHit = 4;

    private Task held = Task.CompletedTask;

    public async Task BringAboutAsync(Fault fault)
    {
        PostgresProxy[] ways = [.. cluster.Proxies];
        var way = ways[fault.Target % ways.Length];
        switch (fault.Kind)
        {
            case FaultKind.KillPostgres:
                await cluster.Postgres.KillAsync();
                await Task.Delay(fault.Length, time);
                await cluster.Postgres.StartAgainAsync();
                break;
            case FaultKind.RestartPostgres:
                await cluster.Postgres.StopAsync();
                await Task.Delay(fault.Length, time);
                await cluster.Postgres.StartAgainAsync();
                break;
            case FaultKind.TerminateBackends:
                await TerminateBackendsAsync(fault.Target % 2);
                break;
            case FaultKind.HoldTransaction:
                await held;
                held = HoldTransactionAsync(fault.Length);
                break;
            case FaultKind.CutConnections:
                way.Cut();
                break;
            case FaultKind.SwallowAnswers:
                way.Faults.SwallowAnswers(WritesHit);
                break;
            case FaultKind.DeliverLate:
                way.Faults.HoldRequestsBack(WritesHit, fault.Length);
                break;
            case FaultKind.AddLatency:
                way.Faults.Latency = TimeSpan.FromMilliseconds(5 + (fault.Target % 40));
                await Task.Delay(fault.Length, time);
                way.Faults.Latency = TimeSpan.Zero;
                break;
            case FaultKind.KillRedis:
                await cluster.Redis.KillAsync();
                await Task.Delay(fault.Length, time);
                await cluster.Redis.StartAgainAsync();
                break;
            case FaultKind.FlushRedis:
                await FlushRedisAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "Not a server's fault.");
        }
    }

    /// <summary>Waits for what was left held.</summary>
    public Task EndAsync() => held;

    private async Task TerminateBackendsAsync(int half)
    {
        await using var command = cluster.Direct.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and pid % 2 = $1");
        command.Parameters.Add(new() { Value = half });
        await IgnoringOutagesAsync(() => command.ExecuteNonQueryAsync());
    }

    private Task HoldTransactionAsync(TimeSpan length) => IgnoringOutagesAsync(async () =>
    {
        await using var connection = await cluster.Direct.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var command = new NpgsqlCommand("select count(*) from job_ready", connection, transaction);
        await command.ExecuteScalarAsync();
        await Task.Delay(length, time);
    });

    private async Task FlushRedisAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis.ConnectionString + ",allowAdmin=true");
        await redis.GetServers()[0].FlushAllDatabasesAsync();
    }

    // Another fault may have hit this one's own connection.
    private static async Task IgnoringOutagesAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (NpgsqlException)
        {
            return;
        }
    }
}
