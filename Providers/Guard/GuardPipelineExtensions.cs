using System.Diagnostics.CodeAnalysis;
using Polly;
using Providers.Guard.Breaking;
using Providers.Guard.Spending;
using Providers.Guard.Throttling;

namespace Providers;

/// <summary>Puts the guard's strategies into a provider's pipeline.</summary>
public static class GuardPipelineExtensions
{
    extension<TBuilder>(TBuilder builder)
        where TBuilder : ResiliencePipelineBuilderBase
    {
        internal TBuilder AddSpending(Spendings spendings, ProviderKey provider) =>
            builder.AddStrategy(_ => new SpendStrategy(spendings, provider), new Unconfigured("Budget"));

        /// <summary>
        /// Holds calls back so that the fleet stays within the provider's limits. Fails with <see cref="ThrottledException"/>
        /// where that would take long.
        /// </summary>
        /// <remarks>What it wraps counts as one call: a retry that is further in isn't counted.</remarks>
        /// <param name="throttle">The provider's throttle.</param>
        public TBuilder AddThrottle(Throttle throttle)
        {
            ArgumentNullException.ThrowIfNull(throttle);
            return builder.AddStrategy(_ => new ThrottleStrategy(throttle), new Unconfigured("Throttle"));
        }

        /// <summary>Keeps calls from a provider that fails too often. Fails with <see cref="CircuitOpenException"/> then.</summary>
        /// <param name="breaker">The provider's breaker.</param>
        public TBuilder AddBreaker(Breaker breaker)
        {
            ArgumentNullException.ThrowIfNull(breaker);
            return builder.AddStrategy(_ => new BreakerStrategy(breaker), new Unconfigured("Breaker"));
        }
    }

    // What a strategy goes by is in the throttle and the breaker, which all pipelines of a provider share.
    private sealed class Unconfigured : ResilienceStrategyOptions
    {
        public Unconfigured(string name) => Name = name;
    }
}
