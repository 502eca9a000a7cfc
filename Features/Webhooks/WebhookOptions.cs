using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Features.Webhooks;

/// <summary>Who may be called back, and how calls are signed. The API and the workers have the same.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Webhooks";

    /// <summary>The shortest key, in bytes.</summary>
    public const int ShortestKey = 32;

#pragma warning disable CA1819 // The configuration binder fills them.
    /// <summary>The hosts that may be called, "hooks.example.com", or with all below one, "*.example.com".</summary>
    /// <value>Default: none; then a request with a callbackUrl is refused.</value>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>
    /// Secrets of 32 bytes or more, in Base64, that the callers' own secrets are derived from. A call is signed with each of them, so
    /// to change keys, add the new one, let receivers take their new secret, and take the old one out.
    /// </summary>
    /// <value>Default: none; where hosts are allowed there must be one.</value>
    public string[] Keys { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>Whether hosts may be on this machine or in a private network, and be called by plain HTTP. In Development only.</summary>
    /// <value>Default: false.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver may take for its answer.</summary>
    /// <value>Default: 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    internal static byte[]? Decode(string key)
    {
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key, bytes, out var length) && length >= ShortestKey ? bytes[..length] : null;
    }
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
