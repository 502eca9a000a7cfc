using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>Google's Gemini, by its REST API.</summary>
public sealed class GeminiOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:Gemini";

    /// <summary>What the provider is called: the key of its client, and its name in the ledger.</summary>
    public const string ProviderName = "gemini";

    /// <summary>The address that <c>/models/…</c> is put behind, http or https.</summary>
    /// <value>Default: https://generativelanguage.googleapis.com/v1beta.</value>
    public Uri Endpoint { get; set; } = new("https://generativelanguage.googleapis.com/v1beta");

    /// <summary>The key, which goes into the header <c>x-goog-api-key</c>. White space around it is dropped.</summary>
    /// <value>Default: what GEMINI_API_KEY says; there must be one.</value>
    public string? ApiKey { get; set => field = value?.Trim(); }

    /// <summary>The model of chats that don't ask for another one, with or without <c>models/</c> before it.</summary>
    /// <value>Default: what GEMINI_MODEL says; there must be one.</value>
    public string? Model { get; set; }

    /// <summary>The model of embeddings, such as <c>gemini-embedding-001</c>, with or without <c>models/</c> before it.</summary>
    /// <value>Default: none, and then there are no embeddings.</value>
    public string? EmbeddingModel { get; set; }

    /// <summary>How long the vectors of embeddings are, 1 to 3,072.</summary>
    /// <value>Default: as long as the model makes them.</value>
    [Range(1, 3072)]
    public int? EmbeddingDimensions { get; set; }

    /// <summary>
    /// How long the provider may be silent: until a whole answer is here, or from one piece of a stream to the next. A stream as a
    /// whole may take longer, up to the job's own timeout.
    /// </summary>
    /// <value>Default: 2 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class GeminiOptionsValidator : IValidateOptions<GeminiOptions>;
