using Providers.Guard.Calls;
using Queueing;

namespace Providers.Chains;

/// <summary>
/// Providers that do the same, each behind its guard: asks the first that can answer. In an attempt's scope the calls are the attempt's, and
/// the job's usage says which provider answered, and why no earlier one.
/// </summary>
/// <param name="links">The providers in their order.</param>
/// <param name="guards">The guards of this process.</param>
/// <param name="job">The attempt, in its scope.</param>
internal sealed class ProviderChain<TService>(IReadOnlyList<(string Provider, TService Service)> links, ProviderGuards guards, CurrentJob job)
{
    public async Task<TAnswer> CallAsync<TAnswer>(Func<TService, CancellationToken, Task<TAnswer>> ask, CancellationToken cancellationToken)
    {
        var passedOver = new PassedOver();
        foreach (var (provider, service) in links)
        {
            var guard = guards.For(provider);
            var call = new ProviderCall(inputTokens: 0, price: guard.Price, job: job.Context);
            try
            {
                var answer = await guard.CallAsync(call, SendAsync, cancellationToken);
                job.Context?.AddUsage(new(provider, Model: "", 0, 0, call.Cost ?? 0, passedOver.Why));
                return answer;
            }
            catch (Exception exception) when (passedOver.Add(provider, exception))
            {
                // The next may answer.
            }

            async Task<TAnswer> SendAsync(CancellationToken token)
            {
                var answer = await ask(service, token);
                call.Use(0, 0);
                return answer;
            }
        }

        throw passedOver.Failure();
    }
}
