using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Providers.Faults;
using Providers.Gemini;
using Providers.Settings;

namespace Providers;

/// <summary>Adds Gemini.</summary>
public static class GeminiExtensions
{
    private const string Section = GeminiOptions.SectionName;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds an <see cref="IChatClient"/> and an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> of texts, both under the key
        /// <see cref="GeminiOptions.ProviderName"/>, with the settings of <see cref="GeminiOptions"/>. Chats take text and JSON schemas, no
        /// tools and no images; vectors have a length of 1. They make each call once, and fail with <see cref="ProviderException"/>.
        /// </summary>
        public void AddGemini()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<GeminiOptions>()
                .BindConfiguration(Section, binder => binder.ErrorOnUnknownConfiguration = true)
                .Configure<IConfiguration>(SetFallbacks)
                .Validate(
                    options => ProviderSettings.IsAddress(options.Endpoint),
                    $"{Section}:{nameof(GeminiOptions.Endpoint)} must be an http or https address without user, query and fragment.")
                .Validate(
                    options => !string.IsNullOrEmpty(options.ApiKey),
                    $"{Section}:{nameof(GeminiOptions.ApiKey)}, or GEMINI_API_KEY, must have the key.")
                .Validate(
                    options => ProviderSettings.IsKey(options.ApiKey),
                    $"{Section}:{nameof(GeminiOptions.ApiKey)}, or GEMINI_API_KEY, has characters that no key has.")
                .Validate(
                    options => !string.IsNullOrWhiteSpace(options.Model),
                    $"{Section}:{nameof(GeminiOptions.Model)}, or GEMINI_MODEL, must name a model.")
                .ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<GeminiOptions>, GeminiOptionsValidator>();
            builder.Services.TryAddSingleton<GeminiHttp>();
            builder.Services.AddKeyedSingleton<IChatClient>(GeminiOptions.ProviderName, (services, _) => Chat(services));
            builder.Services.AddKeyedSingleton<IEmbeddingGenerator<string, Embedding<float>>>(
                GeminiOptions.ProviderName, (services, _) => Embeddings(services));
        }
    }

    private static FaultChatClient Chat(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GeminiOptions>>().Value;
        return new(new GeminiChatClient(services.GetRequiredService<GeminiHttp>(), options), Faults(services, options));
    }

    /// <exception cref="InvalidOperationException">No model is configured for it.</exception>
    private static FaultEmbeddingGenerator Embeddings(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GeminiOptions>>().Value;
        return string.IsNullOrWhiteSpace(options.EmbeddingModel)
            ? throw new InvalidOperationException($"{Section}:{nameof(GeminiOptions.EmbeddingModel)} must name a model before there are embeddings.")
            : new(new GeminiEmbeddingGenerator(services.GetRequiredService<GeminiHttp>(), options), Faults(services, options));
    }

    private static FaultReader Faults(IServiceProvider services, GeminiOptions options) =>
        new(GeminiOptions.ProviderName, options.Timeout, services.GetRequiredService<TimeProvider>(), _ => null);

    private static void SetFallbacks(GeminiOptions options, IConfiguration configuration)
    {
        options.ApiKey ??= configuration.Fallback("GEMINI_API_KEY");
        options.Model ??= configuration.Fallback("GEMINI_MODEL");
    }
}
