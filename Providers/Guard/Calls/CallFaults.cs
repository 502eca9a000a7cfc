using Polly.Timeout;

namespace Providers.Guard.Calls;

/// <summary>What a failed call says of its provider.</summary>
internal static class CallFaults
{
    /// <returns>Null for what is no fault of the provider's.</returns>
    public static ProviderFault? Of(Exception? exception) => exception switch
    {
        ProviderException failure => failure.Fault,
        TimeoutRejectedException => new(FaultWords.Timeout) { MayHaveCost = true },
        _ => null,
    };

    /// <summary>Whether it is unwell. One that refuses a request, or answers it badly, works.</summary>
    public static bool IsUnwell(Exception exception) =>
        Of(exception)?.Word is FaultWords.RateLimited or FaultWords.Timeout or FaultWords.ConnectionLost or FaultWords.ServerError;

    /// <summary>Whether nothing was sent, or the provider takes nothing for it.</summary>
    public static bool IsFree(Exception? exception) =>
        exception is ThrottledException or CircuitOpenException || Of(exception) is { MayHaveCost: false };
}
