namespace Queueing.Model.Tests.Lease;

/// <summary>How a handler's run ends: with a write, which may come at any time after the claim, or without one.</summary>
internal sealed class RunSteps(Scope scope, Protocol protocol)
{
    private static readonly StepKind[] Ends = [StepKind.Complete, StepKind.Retry, StepKind.Fail, StepKind.HandBack, StepKind.CallOff];

    private readonly Transactions transactions = new(protocol, scope);

    public void Add(in State state, int worker, int slot, List<(Step Step, State After)> steps)
    {
        var self = state.Workers[worker];
        var run = self.Runs[slot];
        foreach (var kind in Ends)
        {
            if (run.Decided == kind || (run.Decided == StepKind.None && MayDecide(in state, kind, run)))
            {
                AddWrite(in state, worker, slot, kind, steps);
            }
        }

        // The stop's grace is over: a write that can't be known to have been refused is taken for refused.
        if (self.Stopping && run.Decided is StepKind.Retry or StepKind.HandBack)
        {
            var after = state;
            after.Workers[worker].Runs[slot].Decided = StepKind.CallOff;
            steps.Add((new(StepKind.GiveUp, worker, slot, run.Job - 1), after));
        }

        // Its lease is known to be lost, so its token is cancelled; or the stop's grace is over while the database is away.
        if (run.Session != self.Session || (self.Stopping && run.Decided != StepKind.None))
        {
            var after = state;
            after.Workers[worker].Runs[slot] = default;
            steps.Add((new(StepKind.Abandon, worker, slot, run.Job - 1), after));
        }
    }

    private bool MayDecide(in State state, StepKind kind, Run run) => kind switch
    {
        StepKind.Retry => run.Attempt < scope.MaxAttempts || !protocol.RetryMindsAttempts,
        StepKind.CallOff => state.Jobs[run.Job - 1].CancelAsked && state.Jobs[run.Job - 1].Holder == run.Session,
        _ => true,
    };

    private void AddWrite(in State state, int worker, int slot, StepKind kind, List<(Step Step, State After)> steps)
    {
        var run = state.Workers[worker].Runs[slot];
        var after = state;
        var written = transactions.Write(ref after, kind, run);
        // What may not wait again may have been called off; or the lease is lost, and then this finds nothing either.
        var refused = !written && kind is StepKind.Retry or StepKind.HandBack;
        var heard = after;
        heard.Workers[worker].Runs[slot] = refused ? run with { Decided = StepKind.CallOff } : default;
        steps.Add((new(kind, worker, slot, run.Job - 1), heard));

        if (scope.AnswersGetLost)
        {
            var unheard = after;
            Unheard(ref unheard, worker, slot, kind);
            steps.Add((new(kind, worker, slot, run.Job - 1, Answer: Answer.IsLost), unheard));
        }

        if (scope.CommitsComeLate && state.Late.Kind == StepKind.None)
        {
            var unheard = state;
            unheard.Late = new() { Kind = kind, Run = run };
            Unheard(ref unheard, worker, slot, kind);
            steps.Add((new(kind, worker, slot, run.Job - 1, Answer: Answer.IsLostBeforeCommit), unheard));
        }
    }

    private void Unheard(ref State state, int worker, int slot, StepKind kind)
    {
        if (kind == StepKind.HandBack && !protocol.RepeatsHandBack)
        {
            state.Workers[worker].Runs[slot] = default;
            state.Workers[worker].Unsure = !state.Workers[worker].Stopping;
        }
        else
        {
            state.Workers[worker].Runs[slot].Decided = kind;
        }
    }
}
