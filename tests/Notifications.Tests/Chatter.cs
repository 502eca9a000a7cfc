using Queueing;

namespace Notifications.Tests;

/// <summary>A job that reports and writes in an order of its own, and fails at first when it is told to.</summary>
public sealed record Chatter(int Seed, int Steps, int Failures)
{
    public sealed class Handler : IJobHandler<Chatter>
    {
        public async Task<JobOutcome> HandleAsync(Chatter args, JobContext context, CancellationToken workToken)
        {
            var random = new Random(args.Seed + context.Attempt);
            for (var step = 1; step <= args.Steps; step++)
            {
                if (random.Next(2) == 0)
                {
                    context.WriteText($"{context.Attempt}:{step} ");
                }

                // Takes its time: a commit each.
                await context.ReportProgressAsync(step * 100 / args.Steps, cancellationToken: workToken);
            }

            return context.Attempt <= args.Failures ? throw new InvalidOperationException("As told.") : new JobOutcome.Completed();
        }
    }
}
