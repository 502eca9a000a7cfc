using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.OpenAI;
using Providers.Settings;

namespace Providers;

/// <summary>Adds OpenAI, or what is compatible with it.</summary>
public static class OpenAIExtensions
{
    private const string Section = OpenAIOptions.SectionName;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IChatClient"/> and an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts, both under the key
        /// <see cref="OpenAIOptions.ProviderName"/>, with the settings of <see cref="OpenAIOptions"/>. They make each call once, and
        /// fail with <see cref="ProviderException"/>.
        /// </summary>
        public void AddOpenAI()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<OpenAIOptions>()
                .BindConfiguration(Section, binder => binder.ErrorOnUnknownConfiguration = true)
                .Configure<IConfiguration>(SetFallbacks)
                .Validate(
                    options => ProviderSettings.IsAddress(options.Endpoint),
                    $"{Section}:{nameof(OpenAIOptions.Endpoint)}, or OPENAI_BASE_URL, must be an http or https address without user, query and fragment.")
                .Validate(
                    options => !string.IsNullOrEmpty(options.ApiKey) || options.Endpoint != OpenAIClients.Own,
                    $"{Section}:{nameof(OpenAIOptions.ApiKey)}, or OPENAI_API_KEY, must have the key for {OpenAIClients.Own}.")
                .Validate(
                    options => ProviderSettings.IsKey(options.ApiKey),
                    $"{Section}:{nameof(OpenAIOptions.ApiKey)}, or OPENAI_API_KEY, has characters that no key has.")
                .Validate(
                    options => !string.IsNullOrWhiteSpace(options.Model),
                    $"{Section}:{nameof(OpenAIOptions.Model)}, or OPENAI_MODEL, must name a model.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<OpenAIOptions>, OpenAIOptionsValidator>();
            builder.Services.TryAddSingleton<OpenAIClients>();
            builder.Services.AddKeyedSingleton<IChatClient>(OpenAIOptions.ProviderName, (services, _) => services.GetRequiredService<OpenAIClients>().Chat());
            builder.Services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
                OpenAIOptions.ProviderName, (services, _) => services.GetRequiredService<OpenAIClients>().Embeddings());
        }
    }

    private static void SetFallbacks(OpenAIOptions options, IConfiguration configuration)
    {
        options.Endpoint ??= configuration.FallbackAddress("OPENAI_BASE_URL") ?? OpenAIClients.Own;
        options.ApiKey ??= configuration.Fallback("OPENAI_API_KEY");
        options.Model ??= configuration.Fallback("OPENAI_MODEL");
    }
}
