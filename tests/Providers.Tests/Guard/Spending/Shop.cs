using System.Collections.Concurrent;
using Providers.Guard.Spending;
using Queueing;

namespace Providers.Tests.Guard.Spending;

/// <summary>The payload: what the call is estimated at.</summary>
internal sealed record Purchase(decimal Estimate);

/// <summary>What happens between the reservation and the attempt's end; nothing but a call of the estimate unless the test says otherwise.</summary>
internal sealed class Shop
{
    public Func<Spend, JobContext, CancellationToken, Task<JobOutcome>> Sell { get; set; } = (spend, _, _) =>
    {
        spend.Sent();
        spend.Settle(new(0.01m, 10, 20));
        return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    };

    public ConcurrentQueue<Guid> Sold { get; } = [];
}

internal sealed class Buyer(Spendings spendings, CurrentJob job, Shop shop) : IJobHandler<Purchase>
{
    public static ProviderKey Provider { get; } = new("shop", "large");

    public async Task<JobOutcome> HandleAsync(Purchase args, JobContext context, CancellationToken workToken)
    {
        var spend = await spendings.ReserveAsync(Provider, args.Estimate, job.Context, workToken);
        if (spend is null)
        {
            return new JobOutcome.Completed("free");
        }

        shop.Sold.Enqueue(context.JobId);
        return await shop.Sell(spend, context, workToken);
    }
}
