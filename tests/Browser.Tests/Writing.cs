using System.Collections.Concurrent;
using System.Threading.Channels;
using Queueing;

namespace Browser.Tests;

/// <summary>A job that does what its test says, step by step.</summary>
internal sealed class Writing
{
    private readonly ConcurrentDictionary<Guid, Channel<Step>> steps = new();

    public bool HasBegun(Guid jobId) => steps.ContainsKey(jobId);

    public void Say(Guid jobId, Step step) => steps[jobId].Writer.TryWrite(step);

    internal abstract record Step
    {
        public sealed record Write(string Text) : Step;

        public sealed record Report(int Percent) : Step;

        public sealed record Fail : Step;

        public sealed record End : Step;
    }

    internal sealed record Args;

    internal sealed class Handler(Writing writing) : IJobHandler<Args>
    {
        public async Task<JobOutcome> HandleAsync(Args args, JobContext context, CancellationToken workToken)
        {
            await foreach (var step in writing.steps.GetOrAdd(context.JobId, _ => Channel.CreateUnbounded<Step>()).Reader.ReadAllAsync(workToken))
            {
                switch (step)
                {
                    case Step.Write write:
                        context.WriteText(write.Text);
                        break;
                    case Step.Report report:
                        await context.ReportProgressAsync(report.Percent, $"at {report.Percent}", workToken);
                        break;
                    case Step.Fail:
                        return new JobOutcome.RetryAfter(TimeSpan.Zero, "try-again", "The test says so.");
                    case Step.End:
                        return new JobOutcome.Completed(new { done = true });
                }
            }

            throw new InvalidOperationException("The steps ended before the job.");
        }
    }
}

/// <summary>A job that waits for its next step.</summary>
internal sealed record WritingJob(Guid Id, Writing Writing)
{
    public void Write(string text) => Writing.Say(Id, new Writing.Step.Write(text));

    public void Report(int percent) => Writing.Say(Id, new Writing.Step.Report(percent));

    public void FailOnce() => Writing.Say(Id, new Writing.Step.Fail());

    public void End() => Writing.Say(Id, new Writing.Step.End());
}
