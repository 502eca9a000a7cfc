using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Notifications.Tests;

/// <summary>How streams behave towards proxies, towards many clients, and towards clients that don't behave.</summary>
public sealed partial class StreamMannersTests(StreamServers servers)
{
    [Fact]
    public async Task A_silent_stream_is_kept_awake()
    {
        await using var host = await servers.StartAsync(settings: new() { ["Streams:Heartbeat"] = "00:00:01" });
        using var stream = await RawStream.OpenAsync(host, await host.BegunAsync(steps: 1));

        Assert.Contains("\n:\n\n", await stream.ReadUntilAsync("\n:\n\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_lasted_long_enough_ends_and_is_resumed()
    {
        await using var host = await servers.StartAsync(settings: new() { ["Streams:Rotation"] = "00:00:01" });
        var jobId = await host.BegunAsync(steps: 1);
        await using (var first = await EventStream.OpenAsync(host.ClientOf("test"), jobId))
        {
            Assert.Equal(["connected#1", "active#2"], await first.ReadToEndAsync());
        }

        host.Steps.Release();
        await Eventually.TrueAsync(async () => (await host.KeptAsync(jobId)).Progress.Count == 1);
        await using var second = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2");
        Assert.Equal(["progress#3", "completed#4"], await second.ReadToEndAsync());
    }

    [Fact]
    public async Task When_the_service_stops_clients_are_told_when_to_come_back()
    {
        await using var host = await servers.StartAsync();
        using var stream = await RawStream.OpenAsync(host, await host.BegunAsync(steps: 1));
        var before = await stream.ReadUntilAsync("event: active");

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Single(Retry().Matches(before));
        var end = await stream.ReadUntilAsync("\r\n0\r\n\r\n"); // The body's proper end.
        Assert.Single(Retry().Matches(end));
        Assert.EndsWith("0\r\n\r\n", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_never_reads_is_sent_away_and_others_feel_nothing_of_it()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        using var slow = await RawStream.OpenAsync(host, jobId);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));
        await Eventually.TrueAsync(() => host.OpenStreams == 2);

        // More than the buffers between the two take.
        var piece = new string('x', 100_000);
        for (var i = 0; i < 150; i++)
        {
            await host.RawEvents.PublishTextAsync(jobId, i * piece.Length, piece);
            var heard = (await stream.NextAsync())!.Value;
            Assert.Equal(i * piece.Length, EventStream.DataOf(heard).GetProperty("offset").GetInt32());
        }

        await Eventually.TrueAsync(() => host.OpenStreams == 1);
    }

    [Fact]
    public async Task A_client_that_vanished_leaves_its_place()
    {
        await using var host = await servers.StartAsync();
        using var stream = await RawStream.OpenAsync(host, await host.BegunAsync(steps: 1));
        await stream.ReadUntilAsync("event: active");
        Assert.Equal(1, host.OpenStreams);

        stream.Reset();

        await Eventually.TrueAsync(() => host.OpenStreams == 0);
    }

    [Theory]
    [InlineData("Streams:MostPerCaller", HttpStatusCode.TooManyRequests, "/problems/too-many-streams")]
    [InlineData("Streams:MostPerAddress", HttpStatusCode.TooManyRequests, "/problems/too-many-streams")]
    [InlineData("Streams:Most", HttpStatusCode.ServiceUnavailable, "/problems/overloaded")]
    public async Task One_stream_too_many_is_refused_until_another_ends(string cap, HttpStatusCode refusal, string type)
    {
        await using var host = await servers.StartAsync(settings: new() { [cap] = "1" });
        var jobId = await host.BegunAsync(steps: 1);
        var client = host.ClientOf("test");
        await using (await EventStream.OpenAsync(client, jobId))
        {
            using var refused = await client.GetAsync($"/api/job-events?jobId={jobId}", TestContext.Current.CancellationToken);

            Assert.Equal(refusal, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
            Assert.Contains(type, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        await Eventually.TrueAsync(() => host.OpenStreams == 0);
        await using var stream = await EventStream.OpenAsync(client, jobId);
    }

    [Theory]
    [InlineData("Streams:MostPerCaller", "other", null)]
    [InlineData("Streams:MostPerAddress", "other", "192.0.2.7")] // As the API says that it forwards for.
    public async Task The_cap_of_one_is_not_felt_by_another(string cap, string user, string? address)
    {
        await using var host = await servers.StartAsync(settings: new() { [cap] = "1" });
        var (jobId, others) = (await host.EnqueueAsync(steps: 1), await host.EnqueueAsync(steps: 1, owner: user));
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        var client = host.ClientOf(user);
        if (address is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        }

        await using var second = await EventStream.OpenAsync(client, others);
        Assert.Equal(2, host.OpenStreams);
    }

    [Fact]
    public async Task A_query_that_is_far_too_long_is_refused()
    {
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").GetAsync(
            $"/api/job-events?jobId={new string('1', 60_000)}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
    }

    [GeneratedRegex("^retry: [0-9]+$", RegexOptions.Multiline)]
    private static partial Regex Retry();
}
