using System.Net.Sockets;
using Queueing.Events;
using StackExchange.Redis;

namespace Queueing.Tests;

public sealed class RedisFailureTests
{
    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new RedisConnectionException(ConnectionFailureType.SocketClosed, "gone"), true },
        { new RedisTimeoutException("late", CommandStatus.Sent), true },
        { new TaskCanceledException(), true },
        { new IOException("Connection reset by peer"), true }, // As the client's connection breaks when Redis is killed.
        { new SocketException(104), true },
        { new ObjectDisposedException("socket"), true },
        { new InvalidOperationException("a fault of ours"), false },
        { new System.Text.Json.JsonException("what is kept can't be read"), false },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public void A_lost_connection_is_one_in_all_its_forms_and_a_fault_of_ours_is_not(Exception exception, bool isOne) =>
        Assert.Equal(isOne, RedisFailure.Is(exception));
}
