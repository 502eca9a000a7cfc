using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>Azure Speech's pronunciation assessment, by its REST API for short audio.</summary>
public sealed class AzureSpeechOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:AzureSpeech";

    /// <summary>What the provider is called: the key of its client, and its name in the ledger.</summary>
    public const string ProviderName = "azure-speech";

    /// <summary>The region of the key, such as <c>westeurope</c>: letters, digits and hyphens.</summary>
    /// <value>Default: what AZURE_SPEECH_REGION says; there must be one, or an <see cref="Endpoint"/>.</value>
    public string? Region { get; set => field = value?.Trim(); }

    /// <summary>The address that <c>/speech/recognition/…</c> is put behind, http or https; it wins over <see cref="Region"/>.</summary>
    /// <value>Default: <c>https://{region}.stt.speech.microsoft.com</c>.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The key, which goes into the header <c>Ocp-Apim-Subscription-Key</c>. White space around it is dropped.</summary>
    /// <value>Default: what AZURE_SPEECH_KEY says; there must be one.</value>
    public string? ApiKey { get; set => field = value?.Trim(); }

    /// <summary>The language of calls that don't name one.</summary>
    /// <value>Default: en-US.</value>
    [Required]
    public string Language { get; set; } = "en-US";

    /// <summary>How long the provider may take.</summary>
    /// <value>Default: 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class AzureSpeechOptionsValidator : IValidateOptions<AzureSpeechOptions>;
