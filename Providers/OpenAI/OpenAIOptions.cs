using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>An endpoint that speaks OpenAI's wire format: OpenAI's own, or a compatible one.</summary>
public sealed class OpenAIOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:OpenAI";

    /// <summary>What the provider is called: the key of its clients, and its name in the ledger.</summary>
    public const string ProviderName = "openai";

    /// <summary>The address that <c>/chat/completions</c> is put behind, http or https.</summary>
    /// <value>Default: what OPENAI_BASE_URL says, or else https://api.openai.com/v1.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The key, which goes into the header <c>Authorization</c>. OpenAI needs one, others may not. White space around it is dropped.</summary>
    /// <value>Default: what OPENAI_API_KEY says.</value>
    public string? ApiKey { get; set => field = value?.Trim(); }

    /// <summary>The model of chats that don't ask for another one.</summary>
    /// <value>Default: what OPENAI_MODEL says; there must be one.</value>
    public string? Model { get; set; }

    /// <summary>The model of embeddings.</summary>
    /// <value>Default: none, and then there are no embeddings.</value>
    public string? EmbeddingModel { get; set; }

    /// <summary>
    /// How long the provider may be silent: until a whole answer is here, or from one piece of a stream to the next. A stream as a
    /// whole may take longer, up to the job's own timeout.
    /// </summary>
    /// <value>Default: 2 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class OpenAIOptionsValidator : IValidateOptions<OpenAIOptions>;
