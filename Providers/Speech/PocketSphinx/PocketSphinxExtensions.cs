using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Speech.PocketSphinx;

namespace Providers;

/// <summary>Adds PocketSphinx.</summary>
public static class PocketSphinxExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IPronunciationAssessor"/> under the key <see cref="PocketSphinxOptions.ProviderName"/>, with the settings of
        /// <see cref="PocketSphinxOptions"/>. It needs no network and no key, and takes American English of 60 s at most; where the program
        /// isn't installed, calls fail with <see cref="FaultWords.NotInstalled"/>. Its scores say how well the sounds fit a model of the
        /// text; they are no judgement of a teacher, and no substitute for those of a service that was made for it.
        /// </summary>
        public void AddPocketSphinx()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<PocketSphinxOptions>()
                .BindConfiguration(PocketSphinxOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<PocketSphinxOptions>, PocketSphinxOptionsValidator>();
            builder.Services.AddKeyedSingleton<IPronunciationAssessor, PocketSphinxAssessor>(PocketSphinxOptions.ProviderName);
        }
    }
}
