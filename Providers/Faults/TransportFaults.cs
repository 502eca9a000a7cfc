using System.Text.Json;

namespace Providers.Faults;

/// <summary>What exceptions mean that are no provider's own.</summary>
internal static class TransportFaults
{
    /// <returns>Null for what is the caller's mistake, or ours.</returns>
    public static ProviderFault? Of(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => new(FaultWords.ConnectionLost),
        HttpRequestException or IOException => new(FaultWords.ConnectionLost) { MayHaveCost = true },
        ObjectDisposedException => null,
        TimeoutException or OperationCanceledException => new(FaultWords.Timeout) { MayHaveCost = true },

        // An answer that is JSON, but not of the form that it should have, makes readers fail in any of these ways.
        JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
            or ArgumentOutOfRangeException or NullReferenceException => new(FaultWords.BadAnswer) { MayHaveCost = true },
        _ => null,
    };
}
