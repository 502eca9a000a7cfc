using System.Collections.Concurrent;
using Queueing;

namespace Client.Tests;

/// <summary>A job that does what the test tells it, step by step.</summary>
internal sealed record Story(IReadOnlyList<string> Steps)
{
    /// <summary>Waits until the test lets the job go on, once for each.</summary>
    public const string Wait = "wait";

    /// <summary>Fails, so that another attempt follows; only at the first.</summary>
    public const string FailOnce = "fail once";

    /// <summary>Fails for good.</summary>
    public const string Fail = "fail";

    /// <summary>Any other step is a piece of text, or with this prefix a progress.</summary>
    public const string Progress = "progress:";

    internal sealed class Gates
    {
        private readonly ConcurrentDictionary<Guid, SemaphoreSlim> gates = [];

        public SemaphoreSlim Of(Guid jobId) => gates.GetOrAdd(jobId, _ => new(0));
    }

    internal sealed class Teller(Gates gates) : IJobHandler<Story>
    {
        public async Task<JobOutcome> HandleAsync(Story args, JobContext context, CancellationToken workToken)
        {
            foreach (var step in args.Steps)
            {
                switch (step)
                {
                    case Wait:
                        await gates.Of(context.JobId).WaitAsync(workToken);
                        break;
                    case FailOnce when context.Attempt == 1:
                        throw new InvalidOperationException("The first attempt fails.");
                    case FailOnce:
                        break;
                    case Fail:
                        return new JobOutcome.Failed("no", "It can't be done.");
                    case var _ when step.StartsWith(Progress, StringComparison.Ordinal):
                        await context.ReportProgressAsync(int.Parse(step[Progress.Length..]), step, workToken);
                        break;
                    default:
                        context.WriteText(step);
                        break;
                }
            }

            return new JobOutcome.Completed(new { moral = "secret-moral" });
        }
    }
}
