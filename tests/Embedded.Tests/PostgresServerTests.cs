using Embedded.Postgres;
using Embedded.Processes;
using Npgsql;

namespace Embedded.Tests;

public sealed class PostgresServerTests : IDisposable
{
    private readonly TemporaryFolder folder = new("postgres-tests-");

    private string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_temporary_server_serves_and_then_is_gone()
    {
        var server = await PostgresServer.StartAsync(new PostgresOptions(), TestContext.Current.CancellationToken);
        var pid = server.Process.Id;
        var data = Assert.IsType<string>(await ScalarAsync(server, "select current_setting('data_directory')"));
        await server.CreateDatabaseAsync("a \"quoted\" name", TestContext.Current.CancellationToken);
        await server.CreateDatabaseAsync("a \"quoted\" name", TestContext.Current.CancellationToken);
        Assert.Equal("off", await ScalarAsync(server, "select current_setting('fsync')"));
        Assert.Equal("UTF8", await ScalarAsync(server, "select current_setting('server_encoding')"));

        await server.DisposeAsync();
        Assert.False(Live.IsRunning(pid));
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task A_killed_servers_lock_file_does_not_stop_the_next_one()
    {
        var options = new PostgresOptions { DataFolder = Data, Password = "secret" };
        var killed = await PostgresServer.StartAsync(options, TestContext.Current.CancellationToken);
        await ScalarAsync(killed, "create table kept as select 42 as answer");
        killed.Process.Kill();
        await killed.Process.Exited;
        // By now another program has the number: this one.
        var lockFile = Path.Combine(Data, "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(lockFile, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(lockFile, [$"{Environment.ProcessId}", .. lines[1..]], TestContext.Current.CancellationToken);

        await using var next = await PostgresServer.StartAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal(42, await ScalarAsync(next, "select answer from kept"));
        Assert.Equal("on", await ScalarAsync(next, "select current_setting('fsync')"));
    }

    [Fact]
    public async Task For_root_it_runs_as_another_account_even_behind_a_folder_closed_to_that()
    {
        Assert.SkipUnless(Posix.IsRoot, "Only root needs another account.");
        var closed = Directory.CreateDirectory(Path.Combine(folder.Path, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var server = await PostgresServer.StartAsync(
            new PostgresOptions { DataFolder = Path.Combine(closed.FullName, "a b", "data") }, TestContext.Current.CancellationToken);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(closed.FullName));
        var status = await File.ReadAllLinesAsync($"/proc/{server.Process.Id}/status", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(status, line => line.StartsWith("Uid:\t0\t", StringComparison.Ordinal));
        // CAP_DAC_READ_SEARCH, and nothing else.
        Assert.Contains("CapEff:\t0000000000000004", status);
    }

    [Fact]
    public async Task Where_no_folder_is_closed_it_gets_no_capability()
    {
        Assert.SkipUnless(Posix.IsRoot, "Only root needs another account.");
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute);
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { DataFolder = Data }, TestContext.Current.CancellationToken);

        Assert.Contains("CapEff:\t0000000000000000", await File.ReadAllLinesAsync($"/proc/{server.Process.Id}/status", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Password = "right" }, TestContext.Current.CancellationToken);
        await using var wrong = new NpgsqlConnection(server.ConnectionString().Replace("right", "wrong", StringComparison.Ordinal));

        var exception = await Assert.ThrowsAsync<PostgresException>(() => wrong.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, exception.SqlState);
    }

    private static async Task<object?> ScalarAsync(PostgresServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
