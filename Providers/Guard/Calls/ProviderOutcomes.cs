using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Providers.Guard.Calls;

/// <summary>What becomes of a job whose provider didn't answer, without a word of that in its handler.</summary>
internal static class ProviderOutcomes
{
    // How long a provider is left alone that takes no more calls and doesn't say how long.
    private static readonly TimeSpan RateLimitedWait = TimeSpan.FromSeconds(15);

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Lets jobs wait, without a counted attempt, where nothing was sent or the provider says when to come back; try again where
        /// another attempt may help; and fail where none does. Jobs that wait for a circuit go on when it closes.
        /// </summary>
        public void AddProviderOutcomes()
        {
            if (builder.Services.Any(service => service.ImplementationType == typeof(CircuitWaker)))
            {
                return;
            }

            builder.AddJobException<ThrottledException>(throttled => new JobOutcome.SnoozeFor(throttled.RetryAfter, "throttle"));
            builder.AddJobException<CircuitOpenException>(open => new JobOutcome.SnoozeFor(open.RetryAfter, CircuitWaker.ReasonOf(open.Provider)));
            builder.AddJobException<ProviderException>(failure => OutcomeOf(failure, failure.Fault));
            builder.AddJobException<BadMediaException>(bad => new JobOutcome.Failed("bad-media", bad.Message));
            builder.Services.AddHostedService<CircuitWaker>();
        }
    }

    private static JobOutcome OutcomeOf(ProviderException failure, ProviderFault fault) => fault switch
    {
        { Word: FaultWords.RateLimited } => new JobOutcome.SnoozeFor(fault.RetryAfter ?? Spread(RateLimitedWait), FaultWords.RateLimited),
        { IsTransient: true } => new JobOutcome.RetryAfter(fault.RetryAfter, fault.Word, failure.Message),
        _ => new JobOutcome.Failed(fault.Word, failure.Message),
    };

#pragma warning disable CA5394 // Jitter needs no secrecy.
    private static TimeSpan Spread(TimeSpan wait) => wait * (1 + Random.Shared.NextDouble());
#pragma warning restore CA5394
}
