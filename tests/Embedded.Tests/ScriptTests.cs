using StackExchange.Redis;

namespace Embedded.Tests;

/// <summary>Scripts on the embedded Garnet, which runs several at a time unless it is told to lock their keys.</summary>
public sealed class ScriptTests
{
    [Fact]
    public async Task Scripts_on_the_same_key_run_one_after_the_other_as_they_do_on_Redis()
    {
        const string Increment = """
            local count = tonumber(redis.call('GET', KEYS[1]) or '0')
            for _ = 1, 50 do redis.call('GET', KEYS[1]) end
            redis.call('SET', KEYS[1], count + 1)
            """;
        await using var garnet = await TestRedis.StartAsync(RedisKind.Garnet);
        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectionMultiplexer.ConnectAsync(garnet.ConnectionString)));

        await Task.WhenAll(connections.Select(async connection =>
        {
            for (var i = 0; i < 250; i++)
            {
                await connection.GetDatabase().ScriptEvaluateAsync(Increment, ["count"]);
            }
        }));

        Assert.Equal(2000, (int)await connections[0].GetDatabase().StringGetAsync("count"));
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }
}
