using Features.Profiles;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Features.Tests.Profiles;

public sealed class ProfileCacheTests(FeatureHost features)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_changes_are_not_heard_nothing_is_from_memory()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var database = worker.Get<NpgsqlDataSource>();
        await using var services = Services();
        using var deaf = new ProfileChanges(database, TimeProvider.System, NullLogger<ProfileChanges>.Instance); // Not started.
        var cache = new ProfileCache(services.GetRequiredService<HybridCache>(), new(database), deaf);

        await cache.ReadProfileAsync("ann", Cancellation);
        deaf.Changed("ann");

        Assert.False((await cache.ReadProfileAsync("ann", Cancellation)).Cached);
    }

    [Fact]
    public async Task What_was_read_while_it_changed_is_not_found_again()
    {
        await using var worker = await features.StartWorkerAsync([]);
        var database = worker.Get<NpgsqlDataSource>();
        await using var services = Services();
        using var changes = new ProfileChanges(database, TimeProvider.System, NullLogger<ProfileChanges>.Instance);
        await changes.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => changes.VersionOf("ann") is not null);
        var cache = new ProfileCache(services.GetRequiredService<HybridCache>(), new(database), changes);

        // The reading waits for the lock that somebody has who is about to change what is read.
        await using var connection = await database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await ExecuteAsync(connection, "lock table test_answer in access exclusive mode");
        var before = changes.VersionOf("ann");
        var reading = cache.ReadProfileAsync("ann", Cancellation);
        await Eventually.TrueAsync(async () => await IsWaitedForAsync(database));
        await ExecuteAsync(connection, "insert into learner (id, name) values ('ann', 'Ann')");
        await transaction.CommitAsync(Cancellation);
        await reading;
        await Eventually.TrueAsync(() => changes.VersionOf("ann") != before);

        Assert.Contains("\"Ann\"", System.Text.Encoding.UTF8.GetString((await cache.ReadProfileAsync("ann", Cancellation)).Json), StringComparison.Ordinal);
        await changes.StopAsync(Cancellation);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }

    private static async Task<bool> IsWaitedForAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select exists (select from pg_locks where not granted and relation = 'test_answer'::regclass)");
        return (bool)(await command.ExecuteScalarAsync(Cancellation))!; // exists is true or false.
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
