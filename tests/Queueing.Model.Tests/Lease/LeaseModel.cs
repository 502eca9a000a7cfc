using Queueing.Model.Tests.Exploring;

namespace Queueing.Model.Tests.Lease;

/// <summary>The lease protocol: any worker may do anything it can do next, and anything may go wrong.</summary>
internal sealed class LeaseModel(Scope scope, Protocol protocol, Promise looked = Promise.All) : IModel<State, Step>
{
    private readonly WorkerSteps workerSteps = new(scope, protocol);
    private readonly DatabaseSteps databaseSteps = new(scope, protocol);

    private readonly Promises promises = new(scope, protocol, looked);

    public State Initial
    {
        get
        {
            var state = new State();
            for (var job = 0; job < scope.Jobs; job++)
            {
                state.Jobs[job].Ready = true;
            }

            return state;
        }
    }

    public void AddSteps(in State state, List<(Step Step, State After)> steps)
    {
        for (var worker = 0; worker < scope.Workers; worker++)
        {
            workerSteps.Add(in state, worker, steps);
        }

        databaseSteps.Add(in state, steps);
    }

    public State Canonical(in State state) => Naming.Canonical(in state, scope);

    public string? BrokenBy(in State before, Step step, in State after) => promises.BrokenBy(in before, step, in after)?.ToString();

    public bool IsGoal(in State state)
    {
        for (var job = 0; job < scope.Jobs; job++)
        {
            if (state.Jobs[job].Outcome == Outcome.None)
            {
                return false;
            }
        }

        return true;
    }

    public bool IsFair(in State before, Step step) => step.Answer == Answer.Arrives && step.Kind switch
    {
        StepKind.Retry or StepKind.Fail or StepKind.HandBack or StepKind.CallOff =>
            before.Workers[step.Worker].Runs[step.Run].Decided != StepKind.None,
        StepKind.Stop or StepKind.Kill or StepKind.Cancel or StepKind.SeeWaiting => false,
        StepKind.Lapse => !IsKeptAlive(in before, step.Session),
        _ => true,
    };

    public string Describe(in State state) => Description.Of(in state, scope);

    private bool IsKeptAlive(in State state, int session)
    {
        for (var worker = 0; worker < scope.Workers; worker++)
        {
            if (state.Workers[worker].Session == session)
            {
                return true;
            }
        }

        return false;
    }
}
