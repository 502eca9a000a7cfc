using Npgsql;
using NpgsqlTypes;
using Queueing.Store;

namespace Queueing.Reuse;

/// <summary>Before the handler: whether the job is to run, to wait for another of the same content, or to take over its result.</summary>
internal sealed class ReuseStep(NpgsqlDataSource dataSource)
{
    // The leader's end wakes those who wait; what is missed then comes back by itself, the later the longer the leader takes.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // While the database is away nothing can be recorded either.
    private static readonly TimeSpan UntilDatabaseReturns = TimeSpan.FromSeconds(2);

    /// <returns>How the attempt ends; null to let the handler run.</returns>
    public async Task<JobOutcome?> DecideAsync(JobType type, ClaimedJob job, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (type.Options.Reuse is not { } reuse || reuse.For <= TimeSpan.Zero)
        {
            return null;
        }

        var hash = ContentHash.Of(type.Name, job.Args, reuse.Without, reuse.Variant?.Invoke(services) ?? "", reuse.AcrossOwners ? null : job.Owner);
        try
        {
            return await DecideAsync(hash, job.Id, reuse.For, cancellationToken);
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            return new JobOutcome.SnoozeFor(UntilDatabaseReturns);
        }
    }

    private async Task<JobOutcome?> DecideAsync(byte[] hash, Guid jobId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(
            connection,
            Sql.BeginReuse,
            Statement.Value(hash, NpgsqlDbType.Bytea),
            Statement.Value(jobId, NpgsqlDbType.Uuid),
            Statement.Value(lifetime, NpgsqlDbType.Interval));
        var (standing, leader, waited, taken) = (await statement.ReadAsync(
            row => (
                row.GetString(0),
                row.IsDBNull(1) ? default : row.GetGuid(1),
                row.IsDBNull(2) ? default : row.GetTimeSpan(2),
                row.IsDBNull(3) ? null : row.GetString(3)),
            cancellationToken)).Single();
        return standing switch
        {
            "wait" => new JobOutcome.SnoozeFor(Clamp(waited), $"reuse:{leader}"),
            "take" => new JobOutcome.Taken(leader, taken),
            _ => null,
        };
    }

    private static TimeSpan Clamp(TimeSpan waited) => waited < ShortestWait ? ShortestWait : waited > LongestWait ? LongestWait : waited;
}
