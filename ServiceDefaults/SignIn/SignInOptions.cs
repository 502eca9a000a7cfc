using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Whose tokens sign callers in. Every service has the same.</summary>
public sealed class SignInOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "SignIn";

    /// <summary>The shortest key, in bytes.</summary>
    public const int ShortestKey = 32;

    private const string ThisSystem = "aspire-jobs";

    /// <summary>
    /// An OpenID Connect provider. Its issuer and its keys are read from <c>{Authority}/.well-known/openid-configuration</c>, and
    /// read again when a token is signed with a key that is not among them. HTTPS, but in Development.
    /// </summary>
    /// <value>Default: none.</value>
    public Uri? Authority { get; set; }

    /// <summary>Who a token must be made for, whoever made it: its <c>aud</c>.</summary>
    /// <value>Default: <c>aspire-jobs</c>.</value>
    [Required]
    public string Audience { get; set; } = ThisSystem;

    /// <summary>Who makes the tokens that <see cref="Keys"/> sign: their <c>iss</c>. The authority's is what it says itself.</summary>
    /// <value>Default: <c>aspire-jobs</c>.</value>
    [Required]
    public string Issuer { get; set; } = ThisSystem;

    /// <summary>
    /// Secrets of 32 bytes or more, in Base64, that sign tokens by HMAC. The first signs; all are accepted. To change keys, put the
    /// new one at the second place everywhere, then at the first, and take the old one out when its tokens have expired.
    /// </summary>
    /// <value>Default: none; in Development one that each process makes for itself at its start.</value>
#pragma warning disable CA1819 // The configuration binder fills it.
    public string[] Keys { get; set; } = [];
#pragma warning restore CA1819

    internal static byte[]? Decode(string key) => SecretKey.Decode(key, ShortestKey);
}

[OptionsValidator]
internal sealed partial class SignInOptionsValidator : IValidateOptions<SignInOptions>;
