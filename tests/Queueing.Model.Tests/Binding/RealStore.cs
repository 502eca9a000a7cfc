using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing.Model.Tests.Lease;
using Queueing.Store;

namespace Queueing.Model.Tests.Binding;

/// <summary>
/// The model's transactions, carried out by the real statements. How the store's methods are called, and what they leave
/// out of the protocol, is known here only.
/// </summary>
internal sealed class RealStore : IAsyncDisposable
{
    private const string Error = """{"type":"broke","message":"m","transient":true}""";
    private const string Exhausted = """{"type":"worker-lost","message":"m","transient":true}""";
    private const string Poison = """{"type":"poison","message":"m","transient":false}""";

    private readonly IHost host;
    private readonly JobQueueOptions noCaps = new();

    private RealStore(IHost host) => this.host = host;

    /// <summary>What the statements do, where it is other than the protocol's first form.</summary>
    public static Protocol AsBuilt { get; } = new()
    {
        FencesByClaim = true,
        Spares = Spared.SameClaim,
        RepeatsHandBack = true,
    };

    private NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RealStore> CreateAsync(string connectionString, int maxAttempts)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:jobs"] = connectionString;
        builder.AddJobQueue("jobs");
        builder.AddJob<FirstJob, NoHandler>("first", options => (options.Queue, options.MaxAttempts) = ("0", maxAttempts));
        builder.AddJob<SecondJob, NoHandler>("second", options => (options.Queue, options.MaxAttempts) = ("1", maxAttempts));
        builder.AddJobWorker();
        var store = new RealStore(builder.Build());
        await store.Get<SchemaMigrator>().MigrateAsync(Cancellation);
        await store.ExecuteAsync("create table effect (job_id uuid)");
        return store;
    }

    /// <summary>Two new jobs, each alone in a queue, so that a claim can say which one it wants.</summary>
    public async Task<Guid[]> BeginAsync()
    {
        await ExecuteAsync("delete from job_ready; delete from worker_session");
        var first = await Get<JobQueue>().EnqueueAsync(new FirstJob(), "somebody", cancellationToken: Cancellation);
        var second = await Get<JobQueue>().EnqueueAsync(new SecondJob(), "somebody", cancellationToken: Cancellation);
        return [first.JobId, second.JobId];
    }

    public async Task OpenAsync(Guid session)
    {
        await Get<SessionStore>().OpenAsync(session, Cancellation);

        // However long the walk takes, it lapses only when the model says so.
        await ExecuteAsync("update worker_session set heartbeat_at = now() + interval '1 hour' where id = $1", session);
    }

    public async Task<bool> TryBeatAsync(Guid session) => await Get<SessionStore>().TryBeatAsync(session, Cancellation) is not null;

    public Task CloseAsync(Guid session) => Get<SessionStore>().CloseAsync(session, Cancellation);

    public async Task LapseAsync(Guid session)
    {
        await ExecuteAsync("update worker_session set heartbeat_at = now() - interval '1 hour' where id = $1", session);
        await Get<SessionStore>().EndLapsedAsync(TimeSpan.FromMilliseconds(100), Cancellation);
    }

    public Task RescueAsync(int poisonLimit) => Get<SessionStore>().RescueAsync(poisonLimit, Exhausted, Poison, Cancellation);

    public async Task<ClaimedJob?> ClaimAsync(Guid session, int job) =>
        (await Get<ClaimStore>().ClaimAsync(session, $"{job}", 1, noCaps, suspects: 1, Cancellation)).SingleOrDefault();

    public async Task ReleaseHeldAsync(Guid session, IEnumerable<ClaimedJob> running)
    {
        foreach (var queue in (string[])["0", "1"])
        {
            await Get<ClaimStore>().ReleaseHeldAsync(session, queue, [.. running], Cancellation);
        }
    }

    public Task<CancelAnswer> CancelAsync(Guid job) => Get<JobControl>().CancelAsync(job, Cancellation);

    /// <returns>Whether the fence let the write through.</returns>
    public async Task<bool> WriteAsync(StepKind kind, ClaimedJob job)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancellation);
        if (kind == StepKind.Complete)
        {
            return await CompleteAsync(connection, job);
        }

        var seq = kind switch
        {
            StepKind.Retry => AttemptStore.TryRetryAsync(connection, job, Error, null, TimeSpan.Zero, Cancellation),
            StepKind.Fail => AttemptStore.TryEndAsync(connection, job, JobState.Failed, Error, null, null, Cancellation),
            StepKind.HandBack => AttemptStore.TryReleaseAsync(connection, job, TimeSpan.Zero, reason: null, Cancellation),
            _ => AttemptStore.TryCallOffAsync(connection, job, null, Cancellation),
        };
        return await seq is not null;
    }

    public async Task<RealJob> ReadAsync(Guid job)
    {
        await using var command = Database.CreateCommand("""
            select r.job_id is not null, r.session_id, coalesce(r.attempt, 0::smallint), coalesce(r.kills, 0::smallint),
                   coalesce(r.cancel_requested, false), o.state, coalesce(o.attempt, 0::smallint), o.error ->> 'type',
                   (select count(*) from effect e where e.job_id = $1)
            from job j left join job_ready r on r.job_id = j.id left join job_outcome o on o.job_id = j.id
            where j.id = $1
            """);
        command.Parameters.Add(new() { Value = job });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        await reader.ReadAsync(Cancellation);
        var outcome = (reader.IsDBNull(5) ? null : reader.GetString(5), reader.IsDBNull(7) ? null : reader.GetString(7)) switch
        {
            (null, _) => Outcome.None,
            (JobState.Completed, _) => Outcome.Completed,
            (JobState.Cancelled, _) => Outcome.Cancelled,
            (_, "poison") => Outcome.Poison,
            _ => Outcome.Failed,
        };
        return new(
            reader.GetBoolean(0),
            reader.IsDBNull(1) ? null : reader.GetGuid(1),
            reader.GetInt16(2),
            reader.GetInt16(3),
            reader.GetBoolean(4),
            outcome,
            reader.GetInt16(6),
            reader.GetInt64(8));
    }

    public ValueTask DisposeAsync()
    {
        host.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<bool> CompleteAsync(NpgsqlConnection connection, ClaimedJob job)
    {
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var recorded = await AttemptStore.CompleteAsync(connection, [new(job, null, null, null)], Cancellation);
        if (recorded.ContainsKey(job.Id))
        {
            await using var command = new NpgsqlCommand("insert into effect values ($1)", connection, transaction);
            command.Parameters.Add(new() { Value = job.Id });
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await transaction.CommitAsync(Cancellation);
        return recorded.ContainsKey(job.Id);
    }

    private T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    private async Task ExecuteAsync(string sql, params Guid[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private sealed record FirstJob;

    private sealed record SecondJob;

    private sealed class NoHandler : IJobHandler<FirstJob>, IJobHandler<SecondJob>
    {
        public Task<JobOutcome> HandleAsync(FirstJob args, JobContext context, CancellationToken workToken) => throw new NotSupportedException();

        public Task<JobOutcome> HandleAsync(SecondJob args, JobContext context, CancellationToken workToken) => throw new NotSupportedException();
    }
}
