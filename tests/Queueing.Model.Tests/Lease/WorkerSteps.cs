namespace Queueing.Model.Tests.Lease;

/// <summary>What a worker process does by itself: it keeps its session, claims, runs, and stops.</summary>
internal sealed class WorkerSteps(Scope scope, Protocol protocol)
{
    private readonly PumpSteps pumpSteps = new(scope, protocol);
    private readonly RunSteps runSteps = new(scope, protocol);

    public void Add(in State state, int worker, List<(Step Step, State After)> steps)
    {
        var self = state.Workers[worker];
        steps.Add((new(StepKind.Kill, worker), With(in state, worker, default)));
        if (self.Session != 0 && !state.Alive[self.Session])
        {
            // What it held is no longer its own, so there is nothing to be unsure of.
            var without = self with { Session = 0, Unsure = false, SawSession = false };
            steps.Add((new(StepKind.Beat, worker), With(in state, worker, without)));
        }

        if (self.Stopping)
        {
            AddClose(in state, worker, steps);
        }
        else if (self.Session == 0)
        {
            AddOpen(in state, worker, steps);
        }
        else
        {
            pumpSteps.Add(in state, worker, steps);
        }

        if (scope.WorkersStop && !self.Stopping)
        {
            steps.Add((new(StepKind.Stop, worker), With(in state, worker, self with { Stopping = true, Unsure = false, SawSession = false })));
        }

        for (var slot = 0; slot < scope.Slots; slot++)
        {
            if (self.Runs[slot].Job != 0)
            {
                runSteps.Add(in state, worker, slot, steps);
            }
        }
    }

    private void AddOpen(in State state, int worker, List<(Step Step, State After)> steps)
    {
        var after = state;
        after.Workers[worker].Session = Naming.NewSession(in state, scope);
        after.Alive[after.Workers[worker].Session] = true;
        steps.Add((new(StepKind.Open, worker), after));
    }

    private static void AddClose(in State state, int worker, List<(Step Step, State After)> steps)
    {
        for (var slot = 0; slot < Runs.Capacity; slot++)
        {
            if (state.Workers[worker].Runs[slot].Job != 0)
            {
                return;
            }
        }

        var after = With(in state, worker, default);
        after.Alive[state.Workers[worker].Session] = false;
        steps.Add((new(StepKind.Close, worker), after));
    }

    internal static State With(in State state, int worker, Worker changed)
    {
        var after = state;
        after.Workers[worker] = changed;
        return after;
    }
}
