namespace Queueing.Model.Tests.Lease;

/// <summary>How a worker with a session comes by jobs, and how it lets go of those that it doesn't know of.</summary>
internal sealed class PumpSteps(Scope scope, Protocol protocol)
{
    private readonly Transactions transactions = new(protocol, scope);

    public void Add(in State state, int worker, List<(Step Step, State After)> steps)
    {
        var self = state.Workers[worker];
        if (protocol.ReleasesUnknown && (self.Unsure || protocol.ReleasesAgain))
        {
            AddRelease(in state, worker, steps);
            if (self.Unsure)
            {
                return;
            }
        }

        if (FreeSlot(in self) is not { } slot)
        {
            return;
        }

        if (!protocol.ClaimLocksSession && !self.SawSession)
        {
            if (state.Alive[self.Session])
            {
                steps.Add((new(StepKind.SeeSession, worker), WorkerSteps.With(in state, worker, self with { SawSession = true })));
            }

            return;
        }

        if (state.Alive[self.Session] || self.SawSession || !protocol.ClaimChecksSession)
        {
            AddClaims(in state, worker, slot, steps);
        }
    }

    private void AddClaims(in State state, int worker, int slot, List<(Step Step, State After)> steps)
    {
        var session = state.Workers[worker].Session;
        for (var job = 0; job < scope.Jobs; job++)
        {
            if (!state.Jobs[job].Waits)
            {
                continue;
            }

            var after = state;
            after.Workers[worker].SawSession = false;
            Transactions.Claim(ref after, job, session);
            var attempt = after.Jobs[job].Attempt;
            var heard = after;
            heard.Jobs[job].Given |= (byte)(1 << attempt);
            heard.Workers[worker].Runs[slot] = new() { Job = (byte)(job + 1), Attempt = attempt, Session = session, Holds = true };
            steps.Add((new(StepKind.Claim, worker, Job: job), heard));

            if (scope.AnswersGetLost)
            {
                var unheard = after;
                unheard.Workers[worker].Unsure = true;
                steps.Add((new(StepKind.Claim, worker, Job: job, Answer: Answer.IsLost), unheard));
            }
        }

        if (scope.CommitsComeLate && state.Late.Kind == StepKind.None)
        {
            var after = state;
            after.Workers[worker].Unsure = true;
            after.Late = new() { Kind = StepKind.Claim, Run = new() { Session = session } };
            steps.Add((new(StepKind.Claim, worker, Answer: Answer.IsLostBeforeCommit), after));
        }
    }

    private void AddRelease(in State state, int worker, List<(Step Step, State After)> steps)
    {
        var session = state.Workers[worker].Session;
        var spared = SparedBy(in state, worker);
        var after = state;
        transactions.ReleaseHeld(ref after, session, spared);
        var heard = after;
        heard.Workers[worker].Unsure = false;
        steps.Add((new(StepKind.ReleaseHeld, worker), heard));
        if (scope.AnswersGetLost)
        {
            steps.Add((new(StepKind.ReleaseHeld, worker, Answer: Answer.IsLost), after));
        }

        if (scope.CommitsComeLate && state.Late.Kind == StepKind.None)
        {
            after = state;
            after.Late = new() { Kind = StepKind.ReleaseHeld, Run = new() { Session = session }, Spared = spared };
            steps.Add((new(StepKind.ReleaseHeld, worker, Answer: Answer.IsLostBeforeCommit), after));
        }
    }

    private byte SparedBy(in State state, int worker)
    {
        var self = state.Workers[worker];
        var spared = 0;
        for (var slot = 0; slot < scope.Slots; slot++)
        {
            var run = self.Runs[slot];
            if (run.Job != 0)
            {
                spared |= protocol.Spares switch
                {
                    Spared.SameClaim when !run.Holds => 0,
                    Spared.SameSession when run.Session != self.Session => 0,
                    Spared.SameClaim or Spared.SameAttempt => Transactions.Spare(run.Job - 1, run.Attempt),
                    _ => Transactions.SpareEveryAttempt(run.Job - 1),
                };
            }
        }

        return (byte)spared;
    }

    private int? FreeSlot(in Worker worker)
    {
        for (var slot = 0; slot < scope.Slots; slot++)
        {
            if (worker.Runs[slot].Job == 0)
            {
                return slot;
            }
        }

        return null;
    }
}
