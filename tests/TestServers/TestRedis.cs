using System.Reflection;
using Embedded.Processes;

namespace TestServers;

public enum RedisKind
{
    /// <summary>Microsoft Garnet, as the embedded host runs it.</summary>
    Garnet,

    /// <summary>redis-server, found on the PATH.</summary>
    Redis,
}

/// <summary>A real server that speaks the Redis protocol and keeps nothing; a test can kill it and start it again on its port.</summary>
public sealed class TestRedis : IAsyncDisposable
{
    private readonly RedisKind kind;
    private readonly int port = FreePort.Next();
    private ChildProcess process = null!;

    private TestRedis(RedisKind kind) => this.kind = kind;

    public string ConnectionString => $"127.0.0.1:{port},connectRetry=1,connectTimeout=1000";

    public static async Task<TestRedis> StartAsync(RedisKind kind)
    {
        var redis = new TestRedis(kind);
        await redis.StartAgainAsync();
        return redis;
    }

    public async Task StartAgainAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = ChildProcess.Start(CommandOf(kind, port) with
        {
            Output = (line, _) =>
            {
                if (line.Contains("Ready", StringComparison.OrdinalIgnoreCase))
                {
                    ready.TrySetResult();
                }
            },
        });
        if (await Task.WhenAny(ready.Task, process.Exited) == process.Exited)
        {
            throw new InvalidOperationException($"{kind} ended with {await process.Exited} before it was ready.");
        }
    }

    /// <summary>Ends it without a goodbye; everything in it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.Exited;
    }

    /// <summary>Lets it stand still: connections stay, and nothing is answered.</summary>
    public void Pause() => Signal(OperatingSystem.IsMacOS() ? 17 : 19);

    public void Continue() => Signal(OperatingSystem.IsMacOS() ? 19 : 18);

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Signal(int number) => _ = Posix.Kill(process.Id, number);

    private static ChildCommand CommandOf(RedisKind kind, int port) => kind switch
    {
        RedisKind.Garnet => new("dotnet", ["exec", GarnetHost, $"{port}"]),
        _ => new("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]),
    };

    private static string GarnetHost => typeof(TestRedis).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == nameof(GarnetHost)).Value!;
}
