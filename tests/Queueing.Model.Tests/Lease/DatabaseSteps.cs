namespace Queueing.Model.Tests.Lease;

/// <summary>What happens whoever asks for it: leases lapse, orphans are rescued, clients cancel, late statements arrive.</summary>
internal sealed class DatabaseSteps(Scope scope, Protocol protocol)
{
    private readonly Transactions transactions = new(protocol, scope);

    public void Add(in State state, List<(Step Step, State After)> steps)
    {
        // The database's clock ends any session, that of a worker that is only slow too.
        for (var session = 1; session < Sessions.Capacity; session++)
        {
            if (state.Alive[session])
            {
                var after = state;
                after.Alive[session] = false;
                steps.Add((new(StepKind.Lapse, Session: session), after));
            }
        }

        for (var job = 0; job < scope.Jobs; job++)
        {
            AddRescue(in state, job, steps);
            if (scope.JobsAreCancelled)
            {
                AddCancel(in state, job, steps);
            }
        }

        if (state.Late.Kind != StepKind.None)
        {
            AddLate(in state, steps);
        }
    }

    private void AddRescue(in State state, int job, List<(Step Step, State After)> steps)
    {
        var row = state.Jobs[job];
        var isOrphan = row.Holder != 0 && (!state.Alive[row.Holder] || !protocol.RescueChecksSession);
        var after = state;
        if (!protocol.RescueLooksAgain && !row.SeenOrphaned)
        {
            if (isOrphan)
            {
                after.Jobs[job].SeenOrphaned = true;
                steps.Add((new(StepKind.SeeOrphan, Job: job), after));
            }

            return;
        }

        after.Jobs[job].SeenOrphaned = false;
        if (isOrphan || (row.SeenOrphaned && row.Holder != 0))
        {
            transactions.Rescue(ref after, job);
            steps.Add((new(StepKind.Rescue, Job: job), after));
        }
    }

    private void AddCancel(in State state, int job, List<(Step Step, State After)> steps)
    {
        var row = state.Jobs[job];
        var after = state;
        if (!protocol.CancelLooksAgain && row.Waits && !row.SeenWaiting)
        {
            after.Jobs[job].SeenWaiting = true;
            steps.Add((new(StepKind.SeeWaiting, Job: job), after));
        }
        else if (row.Waits || row.SeenWaiting || (row.Ready && !row.CancelAsked))
        {
            after.Jobs[job].SeenWaiting = false;
            Transactions.Cancel(ref after, job, waits: row.Waits || row.SeenWaiting);
            steps.Add((new(StepKind.Cancel, Job: job), after));
        }
    }

    private void AddLate(in State state, List<(Step Step, State After)> steps)
    {
        var arrived = state;
        arrived.Late = default;
        steps.Add((new(StepKind.LateLoss), arrived));

        var (kind, run) = (state.Late.Kind, state.Late.Run);
        switch (kind)
        {
            case StepKind.Claim when state.Alive[run.Session]:
                for (var job = 0; job < scope.Jobs; job++)
                {
                    if (state.Jobs[job].Waits)
                    {
                        var after = arrived;
                        Transactions.Claim(ref after, job, run.Session);
                        steps.Add((new(StepKind.LateArrival, Job: job), after));
                    }
                }

                break;
            case StepKind.Claim:
                break;
            case StepKind.ReleaseHeld:
                transactions.ReleaseHeld(ref arrived, run.Session, state.Late.Spared);
                steps.Add((new(StepKind.LateArrival), arrived));
                break;
            default:
                transactions.Write(ref arrived, kind, run);
                steps.Add((new(StepKind.LateArrival, Job: run.Job - 1), arrived));
                break;
        }
    }
}
