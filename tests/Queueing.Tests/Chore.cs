namespace Queueing.Tests;

/// <summary>The payload of a job whose handler the test itself writes.</summary>
public sealed record Chore(string Text = "", int Number = 0);

/// <summary>What the handler of <see cref="Chore"/> does; nothing unless the test says otherwise.</summary>
public sealed class ChoreScript
{
    public Func<Chore, JobContext, CancellationToken, Task<JobOutcome>> Run { get; set; } =
        (_, _, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed());

    /// <summary>Says what to do without awaiting anything.</summary>
    public void Answer(Func<JobContext, JobOutcome> answer) => Run = (_, context, _) => Task.FromResult(answer(context));
}

public sealed class ChoreHandler(ChoreScript script) : IJobHandler<Chore>
{
    public Task<JobOutcome> HandleAsync(Chore args, JobContext context, CancellationToken workToken) => script.Run(args, context, workToken);
}
