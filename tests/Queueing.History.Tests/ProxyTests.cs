using Npgsql;
using Queueing.History.Tests.Proxies;

namespace Queueing.History.Tests;

/// <summary>The way's faults are what they are said to be.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private PostgresProxy proxy = null!;
    private NpgsqlDataSource direct = null!;
    private NpgsqlDataSource through = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await TestPostgres.StartAsync();
        proxy = new(postgres.Port, TimeProvider.System);
        var connectionString = await postgres.CreateDatabaseAsync();
        direct = NpgsqlDataSource.Create(connectionString);
        through = NpgsqlDataSource.Create(proxy.Through(connectionString));
        await ExecuteAsync(direct, "create table written (number integer)");
        await ExecuteAsync(through, "select 1");
    }

    [Fact]
    public async Task A_write_whose_answer_is_swallowed_is_done()
    {
        proxy.Faults.SwallowAnswers(1);
        await Assert.ThrowsAsync<NpgsqlException>(WriteAsync);
        Assert.Equal(1L, await CountAsync());
        Assert.Equal(1, proxy.Faults.AnswersSwallowed);
    }

    [Fact]
    public async Task A_write_that_is_delivered_late_is_done_after_its_client_was_cut_off()
    {
        proxy.Faults.HoldRequestsBack(1, TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAsync<NpgsqlException>(WriteAsync);
        Assert.Equal(0L, await CountAsync());
        await Eventually.TrueAsync(async () => await CountAsync() == 1);
    }

    [Fact]
    public async Task During_a_partition_nothing_passes_and_after_it_everything()
    {
        proxy.Faults.BeginPartition();
        var writing = WriteAsync();
        Assert.Equal(0L, await CountAsync());
        proxy.Faults.EndPartition();
        await writing;
        Assert.Equal(1L, await CountAsync());
    }

    // In a transaction: its commit is what the proxy takes for the write.
    private async Task WriteAsync()
    {
        await using var connection = await through.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("insert into written values (1)", connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private async Task<long> CountAsync()
    {
        await using var command = direct.CreateCommand("select count(*) from written");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await through.DisposeAsync();
        await direct.DisposeAsync();
        await proxy.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
