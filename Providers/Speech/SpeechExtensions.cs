using Microsoft.Extensions.Hosting;
using Providers.Chains;
using Providers.Speech;

namespace Providers;

/// <summary>Adds what judges speech.</summary>
public static class SpeechExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IPronunciationAssessor"/> in each scope: the providers that <c>Speech:Chain</c> names, by default
        /// <c>pocketsphinx</c>, one after the other, each behind its guard (<see cref="GuardOptions"/>). Needs the queue.
        /// </summary>
        /// <exception cref="InvalidOperationException">The configuration names a provider that there isn't, or one twice.</exception>
        public void AddSpeech()
        {
            var chain = ChainOptions.Read(builder.Configuration, "Speech", AzureSpeechOptions.ProviderName, PocketSphinxOptions.ProviderName);
            foreach (var provider in chain)
            {
                builder.AddGuarded(provider, isFree: provider == PocketSphinxOptions.ProviderName);
                if (provider == AzureSpeechOptions.ProviderName)
                {
                    builder.AddAzureSpeech();
                }
                else
                {
                    builder.AddPocketSphinx();
                }
            }

            builder.AddChain<IPronunciationAssessor>(chain, assessors => new GuardedAssessor(assessors));
        }
    }
}
