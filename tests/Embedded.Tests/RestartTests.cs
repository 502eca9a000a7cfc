using System.Net.Http.Json;
using System.Text.Json;
using Embedded.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Embedded.Tests;

public class RestartTests
{
    [Fact]
    public async Task A_crashed_project_starts_again_on_the_same_port()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web"));
        var first = await application.HealthyAsync("web");
        using var client = application.Client("web");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PostAsync("/crash", null, TestContext.Current.CancellationToken));
        var second = await application.WhenAsync("web", state => state is { Restarts: 1, HealthStatus: HealthStatus.Healthy });

        Assert.NotEqual(first.Snapshot.ProcessId, second.Snapshot.ProcessId);
        Assert.Equal(first.Snapshot.Urls, second.Snapshot.Urls);
        Assert.Equal("well", await client.GetStringAsync("/health", TestContext.Current.CancellationToken));
        Assert.Contains(application.Logs.Last("web", 100), line => line.Content == "* ended with 7; it starts again in 0.5 s");
    }

    [Fact]
    public async Task What_serves_comes_back_even_after_an_orderly_end()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web"));
        var first = await application.HealthyAsync("web");
        Assert.Equal(0, Posix.Kill(first.Snapshot.ProcessId!.Value, (int)StopSignal.Terminate));

        await application.WhenAsync("web", state => state is { Restarts: 1, HealthStatus: HealthStatus.Healthy });
    }

    [Fact]
    public async Task A_crash_leaves_no_grandchild()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web"));
        await application.HealthyAsync("web");
        using var client = application.Client("web");
        using var started = await client.PostAsync("/child", null, TestContext.Current.CancellationToken);
        var child = await started.Content.ReadFromJsonAsync<int>(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PostAsync("/crash", null, TestContext.Current.CancellationToken));

        await Eventually.TrueAsync(() => !Live.IsRunning(child));
    }

    [Fact]
    public async Task A_project_that_turns_unhealthy_says_why()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddWeb("web"));
        await application.HealthyAsync("web");
        using var client = application.Client("web");
        await client.PostAsync("/ill?reason=the%20flu", null, TestContext.Current.CancellationToken);

        var ill = await application.WhenAsync("web", state => state.HealthStatus == HealthStatus.Unhealthy);
        Assert.Equal("status 503: the flu", ill.Snapshot.HealthReason);
        Assert.Equal(KnownResourceStates.Running, ill.Snapshot.State?.Text);
    }

    [Fact]
    public async Task A_killed_Postgres_starts_again_with_its_data()
    {
        await using var application = await SampleApplication.StartAsync(static builder => builder.AddPostgres("postgres").AddDatabase("jobs"));
        await application.HealthyAsync("jobs");
        await using var source = NpgsqlDataSource.Create((await application.App.GetConnectionStringAsync("jobs", TestContext.Current.CancellationToken))!);
        await using (var create = source.CreateCommand("create table kept as select 42 as answer"))
        {
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var server = await application.HealthyAsync("postgres");
        Assert.Equal(0, Posix.Kill(server.Snapshot.ProcessId!.Value, (int)StopSignal.Kill));
        await application.WhenAsync("postgres", state => state is { Restarts: > 0, HealthStatus: HealthStatus.Healthy });
        await application.HealthyAsync("jobs");

        source.Clear();
        await using var read = source.CreateCommand("select answer from kept");
        Assert.Equal(42, await read.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
