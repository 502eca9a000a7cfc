using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests.Binding;

/// <summary>What a step is to the database: the first job's rows before and after, and who asks.</summary>
internal static class Change
{
    public static string Of(Step step, State before, State after, Scope scope)
    {
        var row = before.Jobs[0];
        var who = "";
        if (step.Run >= 0)
        {
            var run = before.Workers[step.Worker].Runs[step.Run];
            who = $" by {(run.Attempt == row.Attempt ? "this" : "another")} attempt of {(run.Session == row.Holder ? "this" : "another")} session";
        }
        else if (step.Kind is StepKind.ReleaseHeld or StepKind.Close)
        {
            who = $" by {(before.Workers[step.Worker].Session == row.Holder ? "the holder" : "another")}";
        }

        return $"{step.Kind}{who}: {Describe(before, scope)} -> {Describe(after, scope)}";
    }

    public static bool IsDatabases(StepKind kind) => kind is not (StepKind.Kill or StepKind.Stop or StepKind.GiveUp or StepKind.Abandon);

    public static bool IsWritten(Step step, in State before, in State after) =>
        !State.Bytes(in before.Jobs[step.Job]).SequenceEqual(State.Bytes(in after.Jobs[step.Job]));

    private static string Describe(State state, Scope scope)
    {
        var row = state.Jobs[0];
        var place = row.Waits ? "waits" : state.Alive[row.Holder] ? "held" : "orphan";
        var attempt = row.Attempt == 0 ? "untried" : row.Attempt == scope.MaxAttempts ? "last attempt" : "an attempt";
        return row.Outcome == Outcome.None ? $"{place}, {attempt}, {row.Kills} kills{(row.CancelAsked ? ", cancel asked" : "")}" : $"{row.Outcome}";
    }
}
