using System.Net;
using Queueing;

namespace Notifications.Tests;

/// <summary>Many clients that lose their connections again and again, while Redis is wiped and dies and the service starts anew.</summary>
public sealed class StormTests(StreamServers servers)
{
    private const int Jobs = 200;

    [Theory]
    [InlineData(RedisKind.Garnet, 1)]
    [InlineData(RedisKind.Redis, 2)]
    public async Task Whatever_is_lost_every_client_hears_each_event_once_or_that_it_is_lost(RedisKind kind, int seed)
    {
        await using var host = await servers.StartAsync(kind, settings: new() { ["Streams:MostPerCaller"] = "1000" });
        var random = new Random(seed);
        var records = new List<StreamRecord>();
        for (var i = 0; i < Jobs; i++)
        {
            records.Add(new(await host.ChatterAsync(new(random.Next(), Steps: random.Next(5, 40), Failures: random.Next(3)))));
        }

        var clients = Task.WhenAll(records.Select((record, i) => FollowAsync(host, record, new Random(seed + i))));
        await EndedAsync(host, Jobs / 8);
        await host.RawEvents.FlushAsync();
        await EndedAsync(host, Jobs / 4);
        await host.RestartAsync();
        await EndedAsync(host, Jobs / 2);
        await host.Redis.KillAsync();
        await EndedAsync(host, Jobs * 3 / 4);
        await host.Redis.StartAgainAsync();
        await clients;

        Assert.All(await Task.WhenAll(records.Select(async record => (record, await host.HistoryAsync(record.JobId)))), one => one.record.Check(one.Item2));
        TestContext.Current.TestOutputHelper!.WriteLine($"{records.Sum(record => record.Gaps)} gaps were announced to {Jobs} clients");
    }

    private static Task EndedAsync(StreamHost host, int jobs) => Eventually.TrueAsync(async () => await host.EndedAsync() >= jobs);

    // Leaves after a few events, and comes back with the id of the last, until the end.
    private static async Task FollowAsync(StreamHost host, StreamRecord record, Random random)
    {
        while (!record.IsFinal)
        {
            try
            {
                await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), record.JobId, record.LastId);
                for (var left = random.Next(1, 12); left > 0 && !record.IsFinal && await stream.NextAsync() is { } item; left--)
                {
                    record.Add(item);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The service is just starting anew.
            }
        }

        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var end = await host.ClientOf("test").GetAsync(
                    $"/api/job-events?jobId={record.JobId}&lastEventId={record.LastId}", TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
                return true;
            }
            catch (HttpRequestException)
            {
                return false; // The service is just starting anew.
            }
        });
    }
}
