using System.Net.Sockets;
using StackExchange.Redis;

namespace Providers.Guard;

/// <summary>What the Redis client throws when the server can't be reached, or answers too late.</summary>
internal static class RedisFailure
{
    /// <remarks>
    /// Beside its own exceptions: a cancellation, with which it ends some calls when it loses its connection, and what the
    /// connection itself broke with, with which it ends others.
    /// </remarks>
    public static bool Is(Exception exception) =>
        exception is RedisException or TimeoutException or OperationCanceledException or IOException or SocketException or ObjectDisposedException;
}
