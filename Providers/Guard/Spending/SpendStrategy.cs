using Npgsql;
using Polly;
using Providers.Guard.Calls;

namespace Providers.Guard.Spending;

/// <summary>Lets a pipeline's call through when there is money for it, and settles what it cost.</summary>
internal sealed class SpendStrategy(Spendings spendings, ProviderKey provider) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        var call = context.Properties.GetValue(ProviderCall.Key, null!);
        Spend? spend;
        try
        {
            spend = await spendings.ReserveAsync(provider, call.EstimatedCost, call.Job, context.CancellationToken);
        }
        catch (BudgetSpentException exception)
        {
            GuardTelemetry.Unaffordable(provider, exception.Scope);
            return Outcome.FromException<TResult>(exception);
        }
        catch (Exception exception) when (exception is LedgerAwayException or OperationCanceledException)
        {
            return Outcome.FromException<TResult>(exception);
        }

        if (spend is null)
        {
            return await callback(context, state);
        }

        GuardTelemetry.Reserved(provider, call.EstimatedCost);
        call.Spend = spend;
        try
        {
            var outcome = await callback(context, state);
            Settle(spend, call, outcome.Exception);
            return outcome;
        }
        finally
        {
            call.Spend = null;
            await EndAsync(spend);
        }
    }

    // What nobody can say has cost its estimate.
    private void Settle(Spend spend, ProviderCall call, Exception? exception)
    {
        if (call.Cost is { } cost)
        {
            spend.Settle(new(cost, call.UsedTokens!.Value.Input, call.UsedTokens.Value.Output));
            GuardTelemetry.Settled(provider, cost);
        }
        else if (CallFaults.IsFree(exception))
        {
            spend.Refused();
        }
    }

    private async Task EndAsync(Spend spend)
    {
        try
        {
            await spend.DisposeAsync();
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            // The answer is worth more than its price. What was reserved counts at its estimate.
            spendings.Lost(provider, exception);
        }
    }
}
