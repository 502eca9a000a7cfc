using Microsoft.Extensions.Hosting;
using Providers.Chains;
using Providers.Vision;

namespace Providers;

/// <summary>Adds what reads images.</summary>
public static class VisionExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IImageReader"/> in each scope: the providers that <c>Vision:Chain</c> names, by default <c>tesseract</c>, one
        /// after the other, each behind its guard (<see cref="GuardOptions"/>). Needs the queue.
        /// </summary>
        /// <exception cref="InvalidOperationException">The configuration names a provider that there isn't, or one twice.</exception>
        public void AddVision()
        {
            var chain = ChainOptions.Read(builder.Configuration, "Vision", AzureVisionOptions.ProviderName, TesseractOptions.ProviderName);
            foreach (var provider in chain)
            {
                builder.AddGuarded(provider, isFree: provider == TesseractOptions.ProviderName);
                if (provider == AzureVisionOptions.ProviderName)
                {
                    builder.AddAzureVision();
                }
                else
                {
                    builder.AddTesseract();
                }
            }

            builder.AddChain<IImageReader>(chain, readers => new GuardedImageReader(readers));
        }
    }
}
