using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Queueing.Enqueueing;
using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Schedules;

/// <summary>Enqueues the jobs of schedules. A tick's job and the mark that it was enqueued are one transaction.</summary>
internal sealed partial class JobScheduler(
    NpgsqlDataSource dataSource,
    IEnumerable<JobSchedule> schedules,
    JobTypes types,
    NewJobs newJobs,
    JobCommitter committer,
    ILogger<JobScheduler> logger) : IMaintenanceTask
{
    private readonly JobSchedule[] schedules = [.. schedules];

    public TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var schedule in schedules)
        {
            try
            {
                await RunOnceAsync(schedule, cancellationToken);
            }
            catch (Exception exception) when (exception is not (NpgsqlException or OperationCanceledException))
            {
                // Refused, or its payload can't be made, which is the application's code. The tick stays due, and is tried again;
                // other schedules, and the leader, go on.
                LogRefused(schedule.Name, exception.Message);
            }
        }
    }

    private async Task RunOnceAsync(JobSchedule schedule, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (next, now) = await LockAsync(connection, schedule, cancellationToken);
        if (next > now)
        {
            return;
        }

        var type = types.For(schedule.ArgsType);
        var signals = new List<EnqueueStore.Inserted>();
        Guid? lastJobId = null;
        var due = next is null ? [] : schedule.Due(next.Value, now);
        foreach (var tick in due)
        {
            var jobs = await newJobs.MakeAsync(type, [schedule.Args(tick)], schedule.Owner, options: null, cancellationToken);
            var (enqueued, signal) = await committer.WriteAsync(connection, isForeign: false, jobs, cancellationToken);
            signals.AddRange(signal);
            lastJobId = enqueued[0].JobId;
        }

        // A schedule that was not there, or was another one, begins with its next tick.
        await AdvanceAsync(connection, schedule, schedule.NextAfter(now), due is [.., var last] ? last : null, lastJobId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.ForEach(committer.Signal);
    }

    private static async Task<(DateTimeOffset? Next, DateTimeOffset Now)> LockAsync(
        NpgsqlConnection connection, JobSchedule schedule, CancellationToken cancellationToken)
    {
        await using var statement = Statement.On(
            connection,
            Sql.LockSchedule,
            Statement.Value(schedule.Name, NpgsqlDbType.Text),
            Statement.Value(schedule.Definition, NpgsqlDbType.Text));
        return (await statement.ReadAsync(
            row => (row.IsDBNull(0) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken))[0];
    }

    private static async Task AdvanceAsync(
        NpgsqlConnection connection, JobSchedule schedule, DateTimeOffset? next, DateTimeOffset? last, Guid? lastJobId, CancellationToken cancellationToken)
    {
        await using var statement = Statement.On(
            connection,
            Sql.AdvanceSchedule,
            Statement.Value(schedule.Name, NpgsqlDbType.Text),
            Statement.Value(schedule.Definition, NpgsqlDbType.Text),
            Statement.Nullable(next?.UtcDateTime, NpgsqlDbType.TimestampTz),
            Statement.Nullable(last?.UtcDateTime, NpgsqlDbType.TimestampTz),
            Statement.Nullable(lastJobId, NpgsqlDbType.Uuid));
        await statement.ReadOneAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule {Schedule} could not enqueue its job ({Reason}); it tries again")]
    private partial void LogRefused(string schedule, string reason);
}
