using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Queueing.Tests;

public sealed class SchemaTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task Many_migrators_at_once_apply_each_file_once()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => MigrateAsync(database)));

        await using var command = database.CreateCommand("select count(*) from schema_version");
        Assert.Equal((long)SchemaMigrator.Version, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_both_versions_named()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await MigrateAsync(database);
        await using var command = database.CreateCommand("insert into schema_version (version) values (9000)");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<SchemaTooNewException>(() => MigrateAsync(database));

        Assert.Equal((9000, SchemaMigrator.Version), (refusal.Found, refusal.Known));
        Assert.Contains("Run a newer build", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_is_given_back_when_a_migration_is_refused()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await MigrateAsync(database);
        await using var command = database.CreateCommand("insert into schema_version (version) values (9000)");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<SchemaTooNewException>(() => MigrateAsync(database));

        await using var locks = database.CreateCommand(
            "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
        Assert.Equal(0L, await locks.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static Task MigrateAsync(NpgsqlDataSource database) =>
        new SchemaMigrator(database, NullLogger<SchemaMigrator>.Instance).MigrateAsync(TestContext.Current.CancellationToken);
}
