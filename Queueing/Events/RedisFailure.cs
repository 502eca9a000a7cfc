using System.Net.Sockets;
using StackExchange.Redis;

namespace Queueing.Events;

/// <summary>What the Redis client throws when the server can't be reached.</summary>
internal static class RedisFailure
{
    /// <remarks>
    /// Beside its own exceptions: a cancellation, with which it ends some calls when it loses its connection, and what the
    /// connection itself broke with, with which it ends others (seen when Redis was killed: "connection reset by peer").
    /// </remarks>
    public static bool Is(Exception exception) =>
        exception is RedisException or TimeoutException or OperationCanceledException or IOException or SocketException or ObjectDisposedException;
}
