using Microsoft.Extensions.AI;

namespace Providers.Faults;

/// <summary>Makes <see cref="ProviderException"/> of what a provider's client throws.</summary>
/// <param name="provider">The provider's name.</param>
/// <param name="timeout">How long the provider may be silent.</param>
/// <param name="time">The clock for it.</param>
/// <param name="own">Reads the client's own exceptions; null for those that it doesn't know.</param>
/// <param name="isFree">Whether nothing that it does costs anything.</param>
internal sealed class FaultReader(string provider, TimeSpan timeout, TimeProvider time, Func<Exception, ProviderFault?> own, bool isFree = false)
{
    public Silence Listen(CancellationToken caller) => new(timeout, time, caller);

    /// <summary>Makes a call that has one answer.</summary>
    public async Task<TAnswer> CallAsync<TAnswer>(Func<CancellationToken, Task<TAnswer>> call, CancellationToken cancellationToken)
    {
        using var silence = Listen(cancellationToken);
        silence.Begin();
        try
        {
            return await call(silence.Token);
        }
        catch (Exception exception) when (Read(exception, silence, usage: null) is { } failure)
        {
            throw failure;
        }
    }

    public ProviderException Failure(ProviderFault fault, UsageDetails? usage, Exception? cause = null) =>
        new(provider, isFree ? fault with { MayHaveCost = false } : fault, usage, cause);

    /// <returns>What to throw in its place; null to let it go on as it is.</returns>
    public Exception? Read(Exception exception, Silence silence, UsageDetails? usage)
    {
        if (silence.CallerLeft)
        {
            return silence.CallerLeaving();
        }

        if (exception is ProviderException)
        {
            return null;
        }

        if (silence.WasTooLong)
        {
            return Failure(new(FaultWords.Timeout) { MayHaveCost = true }, usage);
        }

        return (own(exception) ?? TransportFaults.Of(exception)) is { } fault
            ? Failure(fault, usage, exception is HttpRequestException or IOException ? exception : null)
            : null;
    }
}
