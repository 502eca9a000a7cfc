using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Providers.Guard.Calls;

/// <summary>Polly's own strategies, as a provider's pipeline has them.</summary>
internal static class GuardStrategies
{
    public static RetryStrategyOptions Retry(ProviderKey key, RetryOptions options) => new()
    {
        MaxRetryAttempts = options.MaxRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.Wait,
        MaxDelay = options.LongestWait,
        ShouldHandle = arguments => ValueTask.FromResult(
            CallFaults.Of(arguments.Outcome.Exception) is { IsTransient: true } fault
            && !(fault.RetryAfter > options.LongestWait)
            && !CallOf(arguments.Context).HasBegun),

        // Null leaves it to the backoff.
        DelayGenerator = arguments => ValueTask.FromResult(CallFaults.Of(arguments.Outcome.Exception)?.RetryAfter),
        OnRetry = arguments =>
        {
            CallOf(arguments.Context).BeginAgain();
            GuardTelemetry.Retried(key, CallFaults.Of(arguments.Outcome.Exception)!.Word, arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    public static TimeoutStrategyOptions Timeout(ProviderKey key, TimeSpan timeout) => new()
    {
        TimeoutGenerator = arguments => ValueTask.FromResult(
            CallOf(arguments.Context).IsStream ? System.Threading.Timeout.InfiniteTimeSpan : timeout),
        OnTimeout = _ =>
        {
            GuardTelemetry.TimedOut(key);
            return ValueTask.CompletedTask;
        },
    };

    private static ProviderCall CallOf(ResilienceContext context) => context.Properties.GetValue(ProviderCall.Key, null!);
}
