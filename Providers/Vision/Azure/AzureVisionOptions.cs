using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>Azure Vision's Image Analysis 4.0, by its REST API.</summary>
public sealed class AzureVisionOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:AzureVision";

    /// <summary>What the provider is called: the key of its client, and its name in the ledger.</summary>
    public const string ProviderName = "azure-vision";

    /// <summary>The resource's address, that <c>/computervision/…</c> is put behind, http or https.</summary>
    /// <value>Default: what AZURE_VISION_ENDPOINT says; there must be one.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The key, which goes into the header <c>Ocp-Apim-Subscription-Key</c>. White space around it is dropped.</summary>
    /// <value>Default: what AZURE_VISION_KEY says; there must be one.</value>
    public string? ApiKey { get; set => field = value?.Trim(); }

    /// <summary>
    /// Whether a caption is asked for, which not every region has: where it hasn't, every call fails until this is false.
    /// Azure charges for each of text, caption and tags.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Caption { get; set; } = true;

    /// <summary>Whether tags are asked for.</summary>
    /// <value>Default: false.</value>
    public bool Tags { get; set; }

    /// <summary>How long the provider may take.</summary>
    /// <value>Default: 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class AzureVisionOptionsValidator : IValidateOptions<AzureVisionOptions>;
