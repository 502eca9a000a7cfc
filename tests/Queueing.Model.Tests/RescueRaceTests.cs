using Npgsql;
using Queueing.Model.Tests.Binding;
using Queueing.Store;

namespace Queueing.Model.Tests;

/// <summary>The one transaction of the model that is not atomic by its row locks alone: it looks at two tables.</summary>
public sealed class RescueRaceTests(StoreFixture postgres) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task A_rescue_takes_no_job_that_a_living_session_claimed_while_it_looked()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var store = await RealStore.CreateAsync(connectionString, maxAttempts: 3);
        var jobs = await store.BeginAsync();
        var (lost, living) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.OpenAsync(lost);
        await store.OpenAsync(living);
        await store.ClaimAsync(lost, job: 0);
        await store.CloseAsync(lost);

        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var holder = await StopReadersOfJobsAsync(database, cancellation);
        await using var slow = NpgsqlDataSource.Create(connectionString + ";Options=-c role=slow");
        var rescue = new SessionStore(slow).RescueAsync(mostKills: 3, "{}", "{}", cancellation);
        await Eventually.TrueAsync(async () => (long)(await ScalarAsync(
            database, "select count(*) from pg_stat_activity where wait_event = 'advisory' and datname = current_database()", cancellation))! == 1);

        await store.RescueAsync(poisonLimit: 3);
        await store.ClaimAsync(living, job: 0);
        await holder.CloseAsync();

        Assert.Empty(await rescue);
        Assert.Equal(living, (await store.ReadAsync(jobs[0])).Holder);
    }

    // A row security policy makes the statement wait where it reads the job: after its snapshot, before its lock.
    private static async Task<NpgsqlConnection> StopReadersOfJobsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await ScalarAsync(
            database,
            """
            create role slow;
            grant all on all tables in schema public to slow;
            create function wait() returns boolean language plpgsql as
                $$ begin perform pg_advisory_lock(1); perform pg_advisory_unlock(1); return true; end $$;
            alter table job_ready enable row level security;
            create policy slowly on job_ready to slow using (wait());
            """,
            cancellation);
        var holder = new NpgsqlConnection(database.ConnectionString + ";Password=test;Pooling=false");
        await holder.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select pg_advisory_lock(1)", holder);
        await command.ExecuteScalarAsync(cancellation);
        return holder;
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
