using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Vision.Tesseract;

namespace Providers;

/// <summary>Adds Tesseract.</summary>
public static class TesseractExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IImageReader"/> under the key <see cref="TesseractOptions.ProviderName"/>, with the settings of
        /// <see cref="TesseractOptions"/>. It needs no network and no key; where the program isn't installed, calls fail with
        /// <see cref="FaultWords.NotInstalled"/>.
        /// </summary>
        public void AddTesseract()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<TesseractOptions>()
                .BindConfiguration(TesseractOptions.SectionName, binder => binder.ErrorOnUnknownConfiguration = true)
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<TesseractOptions>, TesseractOptionsValidator>();
            builder.Services.AddKeyedSingleton<IImageReader, TesseractReader>(TesseractOptions.ProviderName);
        }
    }
}
