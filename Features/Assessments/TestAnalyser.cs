using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Assessments;

/// <summary>Counts what the answers to a test say, and has it put into words.</summary>
internal sealed class TestAnalyser(IChatClient chat, TestStore tests) : IJobHandler<AnalyseTest>
{
    public async Task<JobOutcome> HandleAsync(AnalyseTest args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "reading the answers", workToken);
        if (await tests.FindAsync(args.TestId, workToken) is not { } test)
        {
            return new JobOutcome.Failed("test-gone", "There is no such test any more.");
        }

        var findings = TestFindings.Of(test, args.Answers);
        await context.ReportProgressAsync(50, $"{findings.Score} of {findings.MaxScore} right", workToken);
        var (advice, tokens) = await AdvicePrompt.AskAsync(chat, test, findings, workToken);
        return new JobOutcome.Completed(new AnalysisResult(
            test.Id, test.Title, findings.Score, findings.MaxScore, findings.Strengths, findings.WeakTopics, findings.Next, advice.Summary, advice.Advice, tokens));
    }
}
