using Microsoft.Extensions.Hosting;

namespace Queueing.Tests;

/// <summary>Tables of a library beside the queue, in its database.</summary>
public sealed class SchemaPartTests(PostgresServerFixture postgres)
{
    private const string Marks = "select string_agg(version || ' from ' || oldest_build, ', ' order by version) from schema_part_version where part = 'shelves'";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_made_with_the_queues_each_step_once()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync(), AddShelves);

        await host.ScalarAsync("insert into shelf values ('a', 3)");
        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);

        Assert.Equal(1L, await host.ScalarAsync("select count(*) from shelf"));
        Assert.Equal("1 from 1, 2 from 1", await host.ScalarAsync(Marks));
    }

    [Fact]
    public async Task On_a_database_that_has_the_queues_alone_workers_wait_for_them()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var earlier = await QueueHost.CreateAsync(connectionString);
        await using var host = QueueHost.BuildWorker(connectionString, AddShelves);
        var refusal = await Assert.ThrowsAsync<SchemaTooOldException>(() => host.Get<SchemaMigrator>().CheckAsync(Cancellation));
        Assert.Contains("version 0 of shelves", refusal.Message, StringComparison.Ordinal);
        await host.StartAsync();

        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync("echo"))).Status);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Newer_ones_are_refused_unless_they_say_that_this_build_fits(int oldestBuild, bool refused)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync(), AddShelves);
        await host.ScalarAsync($"insert into schema_part_version (part, version, oldest_build) values ('shelves', 3, {oldestBuild})");

        var found = await Record.ExceptionAsync(() => host.Get<SchemaMigrator>().MigrateAsync(Cancellation));

        Assert.Equal(refused, found is SchemaTooNewException);
        Assert.Equal(refused, await Record.ExceptionAsync(() => host.Get<SchemaMigrator>().CheckAsync(Cancellation)) is SchemaTooNewException);
    }

    [Fact]
    public void A_part_without_files_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Host.CreateEmptyApplicationBuilder(null).AddSchemaPart("drawers", typeof(SchemaPartTests).Assembly));

    private static void AddShelves(HostApplicationBuilder builder) => builder.AddSchemaPart("shelves", typeof(SchemaPartTests).Assembly);
}
