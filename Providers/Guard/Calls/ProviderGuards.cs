using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Providers.Guard.Spending;

namespace Providers.Guard.Calls;

/// <summary>The guards of this process, one a provider and model; where a provider has no models, one a provider.</summary>
internal sealed partial class ProviderGuards(
    IOptionsMonitor<GuardOptions> options, Throttles throttles, Breakers breakers, Spendings? spendings, TimeProvider time, ILogger<ProviderGuards> logger)
{
    private readonly ConcurrentDictionary<ProviderKey, ProviderGuard> guards = new();

    /// <returns>The guard of a model; the same one each time.</returns>
    public ProviderGuard For(string provider, string? model = null) => guards.GetOrAdd(new(provider, model), Create);

    private ProviderGuard Create(ProviderKey key)
    {
        var settings = options.Get(key.Provider);
        var (shared, throttle, breaker) = settings.Models.TryGetValue(key.Model ?? "", out var own)
            ? (key, own.Throttle, own.Breaker)
            : (new ProviderKey(key.Provider), settings.Throttle, settings.Breaker);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        if (settings.Retry.MaxRetries > 0)
        {
            pipeline.AddRetry(GuardStrategies.Retry(key, settings.Retry));
        }

        if (spendings is not null)
        {
            pipeline.AddSpending(spendings, key);
        }

        if (throttle.HasLimits)
        {
            pipeline.AddThrottle(throttles.For(shared, throttle));
        }

        pipeline.AddBreaker(breakers.For(shared, breaker)).AddTimeout(GuardStrategies.Timeout(key, settings.Timeout));
        return new(key, PriceOf(key, settings), settings, pipeline.Build(), time);
    }

    private ModelPrice PriceOf(ProviderKey key, GuardOptions settings)
    {
        if (settings.Prices.TryGetValue(key.Model ?? "", out var price) || settings.Prices.TryGetValue(GuardOptions.AnyModel, out price))
        {
            return price;
        }

        LogNoPrice(key, GuardOptions.SectionName, key.Provider, key.Model ?? GuardOptions.AnyModel);
        return ModelPrice.Free;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Key} has no price ({Section}:{Provider}:Prices:{Model}): its calls count nothing towards the budget")]
    private partial void LogNoPrice(ProviderKey key, string section, string provider, string model);
}
