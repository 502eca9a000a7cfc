using System.Runtime.ExceptionServices;

namespace Providers.Chains;

/// <summary>The providers of a chain that didn't answer, and why.</summary>
internal sealed class PassedOver
{
    private readonly List<(string Provider, string Why, Exception Exception)> failures = [];

    /// <summary>For instance "openai: circuit-open, gemini: budget-spent"; null while there is none.</summary>
    public string? Why => failures is [] ? null : string.Join(", ", failures.Select(failure => $"{failure.Provider}: {failure.Why}"));

    /// <returns>Whether another provider may answer; if not, it isn't added.</returns>
    public bool Add(string provider, Exception exception)
    {
        if (WhyOf(exception) is not { } why)
        {
            return false;
        }

        failures.Add((provider, why, exception));
        GuardTelemetry.FellBack(new(provider), why);
        return true;
    }

    /// <summary>What to throw when there is no other: what ends the soonest if any ends, else what the first provider said.</summary>
    public Exception Failure()
    {
        var exceptions = failures.Select(failure => failure.Exception);
        var failure = exceptions.Where(exception => WaitOf(exception) is not null).MinBy(WaitOf) ?? failures[0].Exception;
        ExceptionDispatchInfo.Throw(failure);
        return failure;
    }

    // What was wrong with the request is wrong with it everywhere, and what only takes a while is waited for.
    private static string? WhyOf(Exception exception) => exception switch
    {
        CircuitOpenException => "circuit-open",
        BudgetSpentException => "budget-spent",
        ProviderException { Fault: { IsTransient: false, Word: not (FaultWords.BadRequest or FaultWords.NoSpeech) } fault } => fault.Word,
        _ => null,
    };

    private static TimeSpan? WaitOf(Exception exception) => exception switch
    {
        CircuitOpenException open => open.RetryAfter,
        BudgetSpentException spent => spent.RetryAfter,
        _ => null,
    };
}
