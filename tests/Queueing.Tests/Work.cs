using System.Collections.Concurrent;

namespace Queueing.Tests;

/// <summary>The payload of the tests' job type: what its handler shall do.</summary>
public sealed record Work(string Script, int Number = 0);

/// <summary>Lets a test see what handlers do, and steer them.</summary>
public sealed class WorkLog
{
    public ConcurrentQueue<(Guid JobId, int Attempt, int Number)> Begun { get; } = [];

    /// <summary>The "wait" jobs whose token was cancelled.</summary>
    public ConcurrentQueue<(Guid JobId, int Attempt)> Cancelled { get; } = [];

    /// <summary>Completed by the test to let "wait" jobs go on.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

public sealed class Worker(WorkLog log) : IJobHandler<Work>
{
    public async Task<JobOutcome> HandleAsync(Work args, JobContext context, CancellationToken workToken)
    {
        log.Begun.Enqueue((context.JobId, context.Attempt, args.Number));
        switch (args.Script)
        {
            case "echo":
                return new JobOutcome.Completed(new { args.Number }, new JobUsage("test", "echo", 3, 4, 0.5m));
            case "progress":
                await context.ReportProgressAsync(10, "begun", workToken);
                await context.ReportProgressAsync(90, null, workToken);
                return new JobOutcome.Completed();
            case "wait":
                try
                {
                    await log.Gate.Task.WaitAsync(workToken);
                }
                catch (OperationCanceledException)
                {
                    log.Cancelled.Enqueue((context.JobId, context.Attempt));
                    throw;
                }

                return new JobOutcome.Completed(new { args.Number });
            case "throw":
                throw new InvalidOperationException("The work broke.");
            case "throw-once" when context.Attempt == 1:
                throw new InvalidOperationException("The work broke once.");
            case "throw-once":
                return new JobOutcome.Completed();
            case "throw-nul":
                throw new InvalidOperationException("A NUL: \0.");
            case "unwritable":
                return new JobOutcome.Completed(new { type = typeof(Work) }); // System.Type has no JSON.
            case "refuse":
                return new JobOutcome.Failed("no-good", "This can't be done.");
            default:
                throw new ArgumentOutOfRangeException(nameof(args), args.Script, "No such script.");
        }
    }
}
