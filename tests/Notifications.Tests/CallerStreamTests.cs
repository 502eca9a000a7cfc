using System.Net.ServerSentEvents;

namespace Notifications.Tests;

/// <summary>All jobs of a caller on one connection.</summary>
public sealed class CallerStreamTests(StreamServers servers)
{
    private const string Url = "/api/job-events";

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_caller_hears_all_its_jobs_on_one_connection_and_nobody_elses(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var before = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), Url);
        var connected = EventStream.DataOf((await stream.NextAsync())!.Value);
        Assert.Equal([before], connected.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("jobId").GetGuid()));
        Assert.False(connected.GetProperty("more").GetBoolean());

        await host.EnqueueAsync(steps: 0, owner: "other");
        var after = await host.EnqueueAsync(steps: 0);
        Assert.Equal(["waiting", "active", "completed"], await ReadAsync(stream, after, count: 3));
        host.Steps.Release();
        Assert.Equal(["progress", "completed"], await ReadAsync(stream, before, count: 2));
    }

    [Fact]
    public async Task An_administrator_hears_everybodys_jobs()
    {
        await using var host = await servers.StartAsync(environment: "Development");
        var client = host.ClientOf("admin");
        client.DefaultRequestHeaders.Add("user-role", "admin");
        await using var stream = await EventStream.OpenAsync(client, Url);
        Assert.Equal("connected", (await stream.NextAsync())!.Value.EventType);

        Assert.Equal(["waiting", "active", "completed"], await ReadAsync(stream, await host.EnqueueAsync(steps: 0, owner: "one"), count: 3));
        Assert.Equal(["waiting", "active", "completed"], await ReadAsync(stream, await host.EnqueueAsync(steps: 0, owner: "two"), count: 3));
    }

    [Fact]
    public async Task One_that_comes_back_misses_nothing_and_hears_nothing_twice()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 3);
        string last;
        await using (var first = await EventStream.OpenAsync(host.ClientOf("test"), Url))
        {
            Assert.Equal("connected", (await first.NextAsync())!.Value.EventType);
            host.Steps.Release();
            last = (await first.NextAsync())!.Value.EventId!;
            host.Steps.Release();
            await first.NextAsync(); // Heard, and forgotten on the way.
        }

        host.Steps.Release();
        await Eventually.TrueAsync(async () => await host.StatusAsync(jobId) is { IsFinal: true });
        await using var second = await EventStream.OpenAsync(host.ClientOf("test"), Url, last);

        Assert.Equal(["progress", "progress", "completed"], await ReadAsync(second, jobId, count: 3));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-7")] // Of another process.
    [InlineData("7.3")]
    public async Task An_id_that_says_nothing_here_is_a_gap_and_a_snapshot_follows(string last)
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), Url, last);

        Assert.Equal(last, EventStream.DataOf(await NextAsync(stream, "gap")).GetProperty("lastEventId").GetString());
        Assert.Equal(jobId, EventStream.DataOf(await NextAsync(stream, "connected")).GetProperty("jobs")[0].GetProperty("jobId").GetGuid());
    }

    [Fact]
    public async Task With_Redis_away_states_are_heard_all_the_same()
    {
        await using var host = await servers.StartAsync();
        var before = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), Url);
        await NextAsync(stream, "connected");

        await host.Redis.KillAsync();
        host.Steps.Release();
        Assert.Equal("completed", (await ReadAsync(stream, before, until: "completed"))[^1]);

        Assert.Equal(["waiting", "active", "completed"], await ReadAsync(stream, await host.EnqueueAsync(steps: 0), count: 3));
    }

    [Fact]
    public async Task A_second_client_is_told_the_text_so_far_and_then_the_rest()
    {
        await using var host = await servers.StartAsync();
        await using var first = await EventStream.OpenAsync(host.ClientOf("test"), Url);
        await NextAsync(first, "connected");
        var jobId = await host.BegunAsync(steps: 2, writes: true);
        await host.WriteAsync(jobId, pieces: 1);
        Assert.Equal(["waiting", "active", "delta"], await ReadAsync(first, jobId, count: 3));

        await using var second = await EventStream.OpenAsync(host.ClientOf("test"), Url);
        var connected = await NextAsync(second, "connected");
        await using (var cut = await EventStream.OpenAsync(host.ClientOf("test"), Url, connected.EventId))
        {
            await NextAsync(cut, "gap"); // Without the text it has not all that it was to be told first.
        }

        Assert.Equal("piece 1 ", EventStream.DataOf(await NextAsync(second, "delta")).GetProperty("text").GetString());
        host.Steps.Release();

        Assert.Equal("piece 2 ", EventStream.DataOf(await NextAsync(second, "delta")).GetProperty("text").GetString());
        Assert.Equal(["delta", "completed"], await ReadAsync(first, jobId, count: 2));
    }

    [Fact]
    public async Task A_job_that_is_let_run_again_is_heard_again()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), Url);
        await NextAsync(stream, "connected");
        await host.CancelAsync(jobId);
        Assert.Equal(["cancelled"], await ReadAsync(stream, jobId, count: 1));

        await host.RedriveAsync(jobId);

        Assert.Equal(["waiting", "active"], await ReadAsync(stream, jobId, count: 2));
    }

    private static async Task<SseItem<string>> NextAsync(EventStream stream, string name)
    {
        var item = (await stream.NextAsync())!.Value;
        Assert.Equal(name, item.EventType);
        return item;
    }

    /// <summary>Reads some events, which must all be the job's.</summary>
    private static async Task<List<string>> ReadAsync(EventStream stream, Guid jobId, int count = int.MaxValue, string? until = null)
    {
        var names = new List<string>();
        while (names.Count < count && (names.Count == 0 || names[^1] != until))
        {
            var item = (await stream.NextAsync())!.Value;
            Assert.Equal(jobId, EventStream.DataOf(item).GetProperty("jobId").GetGuid());
            names.Add(item.EventType);
        }

        return names;
    }
}
