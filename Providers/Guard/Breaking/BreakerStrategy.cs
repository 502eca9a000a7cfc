using Polly;

namespace Providers.Guard.Breaking;

/// <summary>Keeps a pipeline's calls from a provider whose circuit is open, and takes down what came of the others.</summary>
internal sealed class BreakerStrategy(Breaker breaker) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        BreakerEntry entry;
        try
        {
            entry = await breaker.EnterAsync();
        }
        catch (CircuitOpenException exception)
        {
            return Outcome.FromException<TResult>(exception);
        }

        var verdict = CallVerdict.Neither;
        try
        {
            var outcome = await callback(context, state);
            verdict = Judge(outcome.Exception, context.CancellationToken);
            return outcome;
        }
        finally
        {
            breaker.Leave(entry, verdict);
        }
    }

    private CallVerdict Judge(Exception? exception, CancellationToken calledOff) => exception switch
    {
        null => CallVerdict.Answered,
        ThrottledException or CircuitOpenException => CallVerdict.Neither,
        OperationCanceledException when calledOff.IsCancellationRequested => CallVerdict.Neither,
        _ => breaker.IsFailure(exception) ? CallVerdict.Failed : CallVerdict.Answered,
    };
}
