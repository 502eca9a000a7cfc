using Npgsql;

namespace Queueing.History.Tests.Running;

/// <summary>Waits until the workers have left nothing waiting, or nothing moves any more.</summary>
internal sealed class Drain(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (movedAt, lastMove) = (time.GetTimestamp(), -1L);
        while (time.GetElapsedTime(movedAt) < Patience)
        {
            var (left, move) = await LookAsync(cancellationToken);
            if (left == 0)
            {
                return;
            }

            if (move != lastMove)
            {
                (movedAt, lastMove) = (time.GetTimestamp(), move);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<(long Left, long LastMove)> LookAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select (select count(*) from job_ready), coalesce((select max(id) from audit where job_id is not null), 0)");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
