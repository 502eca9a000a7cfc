using System.Diagnostics;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Timeout;

namespace Providers.Guard.Calls;

/// <summary>
/// What stands between a job and a provider's model: retry → budget → throttle → circuit breaker → timeout → call. The retry is
/// outermost, so that each call that is sent is paid for, counted and judged (docs/decisions/0008).
/// </summary>
internal sealed class ProviderGuard(ProviderKey key, ModelPrice price, GuardOptions options, ResiliencePipeline pipeline, TimeProvider time)
{
    /// <summary>Whose calls these are, with the model, whatever it shares limits with.</summary>
    public ProviderKey Key => key;

    public ModelPrice Price => price;

    public GuardOptions Options => options;

    /// <summary>Makes a call.</summary>
    /// <param name="call">What is known of it.</param>
    /// <param name="send">Sends it, each time it is called, and says what it took by <see cref="ProviderCall.Use"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProviderException">The provider failed.</exception>
    /// <exception cref="ThrottledException">There is no room for it soon.</exception>
    /// <exception cref="CircuitOpenException">The provider is left alone.</exception>
    /// <exception cref="BudgetSpentException">There is no money for it.</exception>
    /// <exception cref="LedgerAwayException">Whether there is money can't be said.</exception>
    public async Task<T> CallAsync<T>(ProviderCall call, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var activity = GuardTelemetry.Begin(key);
        var began = time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ProviderCall.Key, call);
        Exception? failure = null;
        try
        {
            return await pipeline.ExecuteAsync(static (context, state) => SendAsync(state.call, state.send, context.CancellationToken), context, (call, send));
        }
        catch (TimeoutRejectedException exception)
        {
            failure = new ProviderException(key.Provider, CallFaults.Of(exception)!);
            throw failure;
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            GuardTelemetry.End(activity, key, failure, time.GetElapsedTime(began));
        }
    }

    private static async ValueTask<T> SendAsync<T>(ProviderCall call, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        call.Sent();
        try
        {
            return await send(cancellationToken);
        }
        catch (ProviderException exception) when (exception.Usage is { } usage)
        {
            call.Use(usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0);
            throw;
        }
    }
}
