using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A batch's jobs exist all or none; a job sent in its producer's transaction exists exactly when the rest of that does.</summary>
internal static class CallsAreWholeOrNothing
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var ledger = history.Ledger.ToLookup(token => token);
        foreach (var call in history.Calls)
        {
            var existing = call.Items.Count(item => history.JobsOfToken.Contains(item.Token));
            if (existing > 0 && existing < call.Items.Count)
            {
                yield return $"of the batch of {call.Items[0].Token} {existing} of {call.Items.Count} jobs exist";
            }

            if (call.Kind == CallKind.Transaction && call.Items[0].Token is var token
                && ledger[token].Count() is var entries && entries != history.JobsOfToken[token].Count())
            {
                yield return $"{token} is {entries} times in its producer's ledger and {history.JobsOfToken[token].Count()} times a job";
            }
        }
    }
}
