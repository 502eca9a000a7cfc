using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing.Schema;

namespace Queueing.Tests;

/// <summary>Builds and schemas of different versions: side by side where a schema says so, and refused where not.</summary>
public sealed class SchemaVersionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newer_schema_that_works_with_this_build_is_accepted_and_worked_on()
    {
        await using var host = await CreateAsync(newest: 9000, oldestBuild: SchemaMigrator.Version);

        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);
        await host.Get<SchemaMigrator>().CheckAsync(Cancellation);
        await host.StartAsync();

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync("echo"))).Status);
    }

    [Fact]
    public async Task A_newer_schema_that_needs_a_newer_build_is_refused_with_what_it_needs()
    {
        await using var host = await CreateAsync(newest: 9000, oldestBuild: SchemaMigrator.Version + 1);

        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(() => host.Get<SchemaMigrator>().MigrateAsync(Cancellation));
        await Assert.ThrowsAsync<SchemaTooNewException>(() => host.Get<SchemaMigrator>().CheckAsync(Cancellation));

        Assert.Equal((9000, SchemaMigrator.Version, SchemaMigrator.Version + 1), (refusal.Found, refusal.Known, refusal.OldestBuild));
    }

    [Fact]
    public async Task The_most_demanding_of_the_newer_steps_counts()
    {
        await using var host = await CreateAsync(newest: 9000, oldestBuild: 8999);
        await host.ScalarAsync($"insert into schema_version (version, oldest_build) values (9001, {SchemaMigrator.Version})");

        await Assert.ThrowsAsync<SchemaTooNewException>(() => host.Get<SchemaMigrator>().CheckAsync(Cancellation));
    }

    [Fact]
    public async Task A_worker_on_a_schema_too_new_for_it_ends_its_host_and_has_claimed_nothing()
    {
        await using var host = await CreateAsync(newest: 9000, oldestBuild: 9000);
        var ended = new TaskCompletionSource();
        host.Get<IHostApplicationLifetime>().ApplicationStopping.Register(ended.SetResult);
        var jobId = await host.EnqueueAsync("echo");

        await host.StartAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(JobState.Waiting, (await host.StatusAsync(jobId)).Status);
    }

    [Fact]
    public async Task A_worker_on_a_schema_too_old_for_it_waits_for_the_migration()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = QueueHost.BuildWorker(connectionString);
        await Assert.ThrowsAsync<SchemaTooOldException>(() => host.Get<SchemaMigrator>().CheckAsync(Cancellation));
        await host.StartAsync();

        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync("echo"))).Status);
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_of_itself()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using var host = QueueHost.BuildWorker(database.ConnectionString + ";Password=test");
        await using (var obstacle = database.CreateCommand("create table job_schedule (name text)"))
        {
            await obstacle.ExecuteNonQueryAsync(Cancellation);
        }

        await Assert.ThrowsAsync<PostgresException>(() => host.Get<SchemaMigrator>().MigrateAsync(Cancellation));

        Assert.Equal([1], await host.ColumnAsync<int>("select version from schema_version"));
        Assert.Equal(true, await host.ScalarAsync("select to_regclass('job_key') is null"));
        await host.ScalarAsync("drop table job_schedule");
        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);
    }

    [Fact]
    public void Every_step_is_numbered_without_a_gap_and_says_no_later_build_than_itself()
    {
        Assert.Equal(Enumerable.Range(1, SchemaMigrator.Version), SchemaFile.All.Select(file => file.Version));
        Assert.All(SchemaFile.All, file => Assert.InRange(file.OldestBuild, 1, file.Version));
    }

    private async Task<QueueHost> CreateAsync(int newest, int oldestBuild)
    {
        var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync($"insert into schema_version (version, oldest_build) values ({newest}, {oldestBuild})");
        return host;
    }
}
