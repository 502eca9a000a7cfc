using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers.Guard.Calls;
using Queueing;

namespace Providers.Chains;

/// <summary>Puts keyed providers of a kind into a chain.</summary>
internal static class ChainHosting
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds what the calls of a provider go through.</summary>
        /// <param name="provider">Its name.</param>
        /// <param name="isFree">Whether it costs nothing unless the configuration says otherwise.</param>
        public void AddGuarded(string provider, bool isFree = false)
        {
            builder.AddProviderGuard();
            builder.AddProviderOutcomes();
            if (isFree)
            {
                builder.Services.Configure<GuardOptions>(provider, options => options.Prices[GuardOptions.AnyModel] = ModelPrice.Free);
            }

            builder.AddGuardOptions(provider);
        }

        /// <summary>Adds a <typeparamref name="TService"/> in each scope that asks those under the keys.</summary>
        public void AddChain<TService>(string[] chain, Func<ProviderChain<TService>, TService> asOne)
            where TService : class
            => builder.Services.AddScoped(services => asOne(new(
                [.. chain.Select(provider => (provider, services.GetRequiredKeyedService<TService>(provider)))],
                services.GetRequiredService<ProviderGuards>(),
                services.GetRequiredService<CurrentJob>())));
    }
}
