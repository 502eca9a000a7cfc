using Embedded.Processes;
using Npgsql;
using StackExchange.Redis;

namespace Embedded.Tests;

public sealed class KeptStateTests : IDisposable
{
    private readonly TemporaryFolder data = new("state-");
    private readonly int port = FreePort.Next();

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_volume_keeps_its_data_over_a_stop_and_over_a_kill()
    {
        await using (var first = await StartAsync())
        {
            await WriteAsync();
            await AssertKeptAsync();
        }
        await using (var second = await StartAsync())
        {
            await AssertKeptAsync();
            second.Signal(StopSignal.Kill);
            await second.Exited;
        }
        await using var third = await StartAsync();
        await AssertKeptAsync();
        Assert.DoesNotContain(await PasswordAsync("postgres"), third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_says_who_has_it_and_what_to_do()
    {
        await using var first = await StartAsync();
        await using var second = HostProcess.Start(Arguments(FreePort.Next()));

        Assert.Equal(1, await second.Exited);
        Assert.Contains($"is in use by process {first.Id}. Stop it, or run", second.Output, StringComparison.Ordinal);
        Assert.Contains(" --ephemeral --web:port=", second.Output, StringComparison.Ordinal);
        Assert.False(first.Exited.IsCompleted);
    }

    [Fact]
    public async Task Passwords_are_for_their_owner_alone()
    {
        await using var host = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(data.Path, "postgres", "password")));
        var passwords = new[] { await PasswordAsync("postgres"), await PasswordAsync("redis") };
        Assert.DoesNotContain(Live.DescendantsOf(host.Id).Select(Live.CommandLine), line => passwords.Any(line.Contains));
    }

    private string[] Arguments(int webPort) => ["--model=whole", "--keep=true", $"--Embedded:DataPath={data.Path}", $"--web:port={webPort}"];

    private Task<HostProcess> StartAsync() => HostProcess.StartAndWaitAsync(Arguments(port));

    private Task<string> PasswordAsync(string volume) =>
        File.ReadAllTextAsync(Path.Combine(data.Path, volume, "password"), TestContext.Current.CancellationToken);

    private async Task<Dictionary<string, string>> EnvironmentAsync()
    {
        using var client = new HttpClient();
        return (await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<Dictionary<string, string>>(
            client, $"http://localhost:{port}/environment", TestContext.Current.CancellationToken))!;
    }

    private async Task WriteAsync()
    {
        var environment = await EnvironmentAsync();
        await using var source = NpgsqlDataSource.Create(environment["ConnectionStrings__jobs"]);
        await using var create = source.CreateCommand("create table kept as select 42 as answer");
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(environment["ConnectionStrings__redis"]);
        await redis.GetDatabase().StringSetAsync("kept", 42);
        // The kill comes later than the second that a write may be lost for.
    }

    private async Task AssertKeptAsync()
    {
        var environment = await EnvironmentAsync();
        await using var source = NpgsqlDataSource.Create(environment["ConnectionStrings__jobs"]);
        await using var read = source.CreateCommand("select answer from kept");
        Assert.Equal(42, await read.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(environment["ConnectionStrings__redis"]);
        Assert.Equal(42, (int)await redis.GetDatabase().StringGetAsync("kept"));
    }
}
