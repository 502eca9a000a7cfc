using System.Net;
using System.Net.Sockets;
using Garnet.server;
using Garnet.server.Auth.Settings;
using Microsoft.Extensions.Logging;
using Tsavorite.core;

namespace Embedded.Redis;

/// <summary>
/// Garnet, sized for a developer's machine: at most 256 MB of data, of which the oldest goes when it is full.
/// With a data folder, what was written up to a second before the process died is there again at the next start.
/// </summary>
internal static class LoopbackServer
{
    public static GarnetServerOptions Options(int port, string? password, string? dataFolder) => new()
    {
        EndPoints = [.. Loopbacks().Select(address => new IPEndPoint(address, port))],
        AuthSettings = password is { Length: > 0 } ? new PasswordAuthenticationSettings(password) : null,
        EnableLua = true,
        // Locks a script's keys while it runs: Garnet would run scripts on the same keys side by side, and lose what one of them wrote.
        LuaTransactionMode = true,
        LuaOptions = new LuaOptions(LuaMemoryManagementMode.Native, "", Timeout.InfiniteTimeSpan, LuaLoggingMode.Silent, []),
        LogMemorySize = "256m",
        PageSize = "4m",
        IndexMemorySize = "16m",
        // Garnet reserves the log's pages at start, so the log of writes is kept short: a checkpoint replaces it at 64 MB.
        EnableAOF = dataFolder is not null,
        Recover = dataFolder is not null,
        AofMemorySize = "32m",
        AofPageSize = "8m",
        AofSizeLimit = "64m",
        CommitFrequencyMs = dataFolder is null ? 0 : 1000,
        CheckpointDir = dataFolder,
        // The native device needs libaio, which a fresh machine lacks.
        DeviceType = DeviceType.RandomAccess,
        QuietMode = true,
        LogLevel = LogLevel.Error,
    };

    private static IEnumerable<IPAddress> Loopbacks() =>
        Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
}
