using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Settings;
using Providers.Vision.Azure;

namespace Providers;

/// <summary>Adds Azure Vision.</summary>
public static class AzureVisionExtensions
{
    private const string Section = AzureVisionOptions.SectionName;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IImageReader"/> under the key <see cref="AzureVisionOptions.ProviderName"/>, with the settings of
        /// <see cref="AzureVisionOptions"/>. It makes each call once, and fails with <see cref="ProviderException"/>.
        /// </summary>
        public void AddAzureVision()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<AzureVisionOptions>()
                .BindConfiguration(Section, binder => binder.ErrorOnUnknownConfiguration = true)
                .Configure<IConfiguration>(SetFallbacks)
                .Validate(
                    options => ProviderSettings.IsAddress(options.Endpoint),
                    $"{Section}:{nameof(AzureVisionOptions.Endpoint)}, or AZURE_VISION_ENDPOINT, must be an http or https address without user, query and fragment.")
                .Validate(
                    options => !string.IsNullOrEmpty(options.ApiKey),
                    $"{Section}:{nameof(AzureVisionOptions.ApiKey)}, or AZURE_VISION_KEY, must have the key.")
                .Validate(
                    options => ProviderSettings.IsKey(options.ApiKey),
                    $"{Section}:{nameof(AzureVisionOptions.ApiKey)}, or AZURE_VISION_KEY, has characters that no key has.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<AzureVisionOptions>, AzureVisionOptionsValidator>();
            builder.Services.AddKeyedSingleton<IImageReader, AzureVisionReader>(AzureVisionOptions.ProviderName);
        }
    }

    private static void SetFallbacks(AzureVisionOptions options, IConfiguration configuration)
    {
        options.Endpoint ??= configuration.FallbackAddress("AZURE_VISION_ENDPOINT");
        options.ApiKey ??= configuration.Fallback("AZURE_VISION_KEY");
    }
}
