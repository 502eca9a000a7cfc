namespace Queueing.Model.Tests.Lease;

internal static class Description
{
    public static string Of(in State state, Scope scope)
    {
        var parts = new List<string>();
        for (var i = 0; i < scope.Jobs; i++)
        {
            parts.Add(Of(in state.Jobs[i], i, in state));
        }

        return string.Join("; ", parts);
    }

    private static string Of(in Job job, int i, in State state)
    {
        var name = $"job {i + 1}";
        var cancel = job.CancelAsked ? ", cancel asked" : "";
        var ended = state.Alive[job.Holder] ? "" : " (ended)";
        return (job.Outcome, job.Ready, job.Holder) switch
        {
            (Outcome.None, false, _) => $"{name} is nowhere",
            (Outcome.None, _, 0) => $"{name} waits after attempt {job.Attempt}{cancel}",
            (Outcome.None, _, _) => $"{name} is held by session {job.Holder}{ended} in attempt {job.Attempt}{cancel}",
            _ => $"{name} {job.Outcome} in attempt {job.OutcomeAttempt}, {job.Effects} effects",
        };
    }
}
