using Polly;

namespace Providers.Guard.Throttling;

/// <summary>Lets a call of a pipeline through when it fits within the limits, and settles what it took.</summary>
internal sealed class ThrottleStrategy(Throttle throttle) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        var call = context.Properties.GetValue(ProviderCall.Key, null!);
        ThrottleLease lease;
        try
        {
            lease = await throttle.AcquireAsync(call?.EstimatedTokens ?? 0, context.CancellationToken);
        }
        catch (Exception exception) when (exception is ThrottledException or OperationCanceledException)
        {
            return Outcome.FromException<TResult>(exception);
        }

        using (lease)
        {
            var outcome = await callback(context, state);
            lease.UsedTokens = call?.UsedTokens is var (input, output) ? input + output : null;
            // A strategy further in may have held the call back.
            lease.NothingSent = call is { NothingSent: true } || outcome.Exception is CircuitOpenException or ThrottledException;
            return outcome;
        }
    }
}
