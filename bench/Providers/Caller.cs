using Microsoft.Extensions.AI;
using Queueing;

namespace Bench.Providers;

/// <summary>The payload.</summary>
internal sealed record Calls(int Count);

/// <summary>Makes calls as a handler does: what they cost is written with the attempt's end, after all of them.</summary>
internal sealed class Caller(IChatClient chat, Caller.Result result) : IJobHandler<Calls>
{
    public async Task<JobOutcome> HandleAsync(Calls args, JobContext context, CancellationToken workToken)
    {
        try
        {
            result.Median.SetResult(await Timing.MedianAsync(() => chat.GetResponseAsync(BareClient.Question, cancellationToken: workToken), args.Count));
        }
        catch (Exception exception)
        {
            result.Median.SetException(exception);
        }

        return new JobOutcome.Completed();
    }

    internal sealed class Result
    {
        public TaskCompletionSource<double> Median { get; set; } = new();
    }
}
