using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Redis.StackExchange;
using Npgsql;
using Queueing;
using StackExchange.Redis;

namespace Bench.Queueing.Harness;

/// <summary>What the figures were made on.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyDictionary<string, string>> DescribeAsync(
        Servers servers, bool withPeers, CancellationToken cancellationToken)
    {
        var (_, redisVersion) = await Tool.RunAsync(new("redis-server", ["--version"]), cancellationToken);
        Dictionary<string, string> facts = new()
        {
            ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["cpu"] = Cpu(),
            ["memory, GiB"] = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30).ToString(CultureInfo.InvariantCulture),
            ["load before"] = File.ReadAllText("/proc/loadavg").Split(' ')[0],
            ["os"] = RuntimeInformation.OSDescription,
            [".NET"] = Environment.Version.ToString(),
            ["ours"] = InformationalVersion(typeof(JobQueue)),
            ["PostgreSQL"] = await servers.SettingAsync("server_version", cancellationToken),
            ["fsync"] = await servers.SettingAsync("fsync", cancellationToken),
            ["synchronous_commit"] = await servers.SettingAsync("synchronous_commit", cancellationToken),
            ["Redis"] = redisVersion.Split(' ').First(word => word.StartsWith("v=", StringComparison.Ordinal))[2..],
            ["Redis appendonly"] = "no: it does not fsync",
            ["Npgsql"] = VersionOf(typeof(NpgsqlConnection)),
            ["StackExchange.Redis"] = VersionOf(typeof(ConnectionMultiplexer)),
        };
        if (withPeers)
        {
            facts["Hangfire.Core"] = VersionOf(typeof(BackgroundJobServer));
            facts["Hangfire.PostgreSql"] = VersionOf(typeof(PostgreSqlStorage));
            facts["Hangfire.Redis.StackExchange"] = VersionOf(typeof(RedisStorage));
            foreach (var (package, version) in PeerPackages.Versions())
            {
                facts[package] = version;
            }
        }

        return facts;
    }

    private static string Cpu()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string VersionOf(Type type) => InformationalVersion(type).Split('+')[0];

    // With the commit that it was built from, where the assembly tells.
    private static string InformationalVersion(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? type.Assembly.GetName().Version!.ToString(3);
}
