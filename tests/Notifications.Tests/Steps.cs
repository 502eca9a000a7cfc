using Queueing;

namespace Notifications.Tests;

/// <summary>A job that reports progress, or writes a piece of text, once for each step that the test releases.</summary>
public sealed class Steps : IDisposable
{
    private readonly SemaphoreSlim released = new(0);

    public void Release(int steps = 1) => released.Release(steps);

    public void Dispose() => released.Dispose();

    public sealed record Args(int Count, bool Writes = false);

    public sealed class Handler(Steps steps) : IJobHandler<Args>
    {
        public async Task<JobOutcome> HandleAsync(Args args, JobContext context, CancellationToken workToken)
        {
            for (var step = 1; step <= args.Count; step++)
            {
                await steps.released.WaitAsync(workToken);
                if (args.Writes)
                {
                    context.WriteText($"piece {step} ");
                }
                else
                {
                    await context.ReportProgressAsync(step * 100 / args.Count, $"step {step}", workToken);
                }
            }

            return new JobOutcome.Completed(new { args.Count });
        }
    }
}
