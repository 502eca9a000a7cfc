using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Settings;
using Providers.Speech.Azure;

namespace Providers;

/// <summary>Adds Azure Speech.</summary>
public static partial class AzureSpeechExtensions
{
    private const string Section = AzureSpeechOptions.SectionName;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IPronunciationAssessor"/> under the key <see cref="AzureSpeechOptions.ProviderName"/>, with the settings of
        /// <see cref="AzureSpeechOptions"/>. It takes recordings of 30 s at most, makes each call once, and fails with
        /// <see cref="ProviderException"/>.
        /// </summary>
        public void AddAzureSpeech()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<AzureSpeechOptions>()
                .BindConfiguration(Section, binder => binder.ErrorOnUnknownConfiguration = true)
                .Configure<IConfiguration>(SetFallbacks)
                .Validate(
                    options => options.Endpoint is not null || !string.IsNullOrEmpty(options.Region),
                    $"{Section}:{nameof(AzureSpeechOptions.Region)}, or AZURE_SPEECH_REGION, must name a region.")
                .Validate(
                    // It becomes a part of a host's name, to which the key is sent.
                    options => string.IsNullOrEmpty(options.Region) || RegionName().IsMatch(options.Region),
                    $"{Section}:{nameof(AzureSpeechOptions.Region)}, or AZURE_SPEECH_REGION, must be letters, digits and hyphens.")
                .Validate(
                    options => options.Endpoint is null || ProviderSettings.IsAddress(options.Endpoint),
                    $"{Section}:{nameof(AzureSpeechOptions.Endpoint)} must be an http or https address without user, query and fragment.")
                .Validate(
                    options => !string.IsNullOrEmpty(options.ApiKey),
                    $"{Section}:{nameof(AzureSpeechOptions.ApiKey)}, or AZURE_SPEECH_KEY, must have the key.")
                .Validate(
                    options => ProviderSettings.IsKey(options.ApiKey),
                    $"{Section}:{nameof(AzureSpeechOptions.ApiKey)}, or AZURE_SPEECH_KEY, has characters that no key has.")
                .Validate(
                    options => ReferenceText.LanguageName().IsMatch(options.Language ?? ""),
                    $"{Section}:{nameof(AzureSpeechOptions.Language)} must be the name of a language, such as en-US.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<AzureSpeechOptions>, AzureSpeechOptionsValidator>();
            builder.Services.AddKeyedSingleton<IPronunciationAssessor, AzureSpeechAssessor>(AzureSpeechOptions.ProviderName);
        }
    }

    private static void SetFallbacks(AzureSpeechOptions options, IConfiguration configuration)
    {
        options.ApiKey ??= configuration.Fallback("AZURE_SPEECH_KEY");
        options.Region ??= configuration.Fallback("AZURE_SPEECH_REGION");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex RegionName();
}
