using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults;

/// <summary>Which bearer tokens are accepted: JSON Web Tokens, signed by the authority or with one of the configured keys.</summary>
internal sealed class BearerTokens(IOptions<SignInOptions> options, IHostEnvironment environment)
    : IConfigureNamedOptions<JwtBearerOptions>, IPostConfigureOptions<JwtBearerOptions>
{
    public const string SchemeName = "Bearer token";

    private static readonly string[] KeyAlgorithms = [SecurityAlgorithms.HmacSha256, SecurityAlgorithms.HmacSha384, SecurityAlgorithms.HmacSha512];

    private static readonly string[] AuthorityAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(string? name, JwtBearerOptions bearer) => Configure(bearer);

    public void Configure(JwtBearerOptions bearer)
    {
        var settings = options.Value;
        HashSet<SecurityKey> keys = [.. settings.Keys.Select(key => new SymmetricSecurityKey(SignInOptions.Decode(key)))];

        // The framework reads this scheme's settings from a section of its own as well; what is said there counts for nothing.
        bearer.Authority = settings.Authority?.OriginalString;
        bearer.MetadataAddress = null!;
        bearer.RequireHttpsMetadata = !environment.IsDevelopment();
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(10);
        bearer.MapInboundClaims = false;
        bearer.SaveToken = false;
        bearer.Events = new BearerEvents();
        bearer.TokenValidationParameters = new()
        {
            ValidAudience = settings.Audience,
            ValidIssuer = keys.Count > 0 ? settings.Issuer : null,
            IssuerSigningKeys = keys,
            ValidateIssuerSigningKey = true,

            // Whoever has a key speaks for its own issuer alone, and a secret that an authority publishes is none.
            IssuerSigningKeyValidatorUsingConfiguration = (key, token, _, authority) =>
                keys.Contains(key) ? token.Issuer == settings.Issuer : key is not SymmetricSecurityKey && token.Issuer == authority?.Issuer,
            ValidAlgorithms = [.. keys.Count > 0 ? KeyAlgorithms : [], .. settings.Authority is null ? [] : AuthorityAlgorithms],
            TypeValidator = (type, _, _) => IsForAccess(type) ? type : throw new SecurityTokenInvalidTypeException { InvalidType = type },
            ClockSkew = TimeSpan.FromSeconds(30),
        };
    }

    public void PostConfigure(string? name, JwtBearerOptions bearer)
    {
        // A key that its authority withdrew would else count for another hour.
        if (bearer.ConfigurationManager is BaseConfigurationManager keys)
        {
            keys.UseLastKnownGoodConfiguration = false;
        }
    }

    // Issuers sign other things too, such as log-out notices; those that name their type are told apart by it (RFC 8725, 3.11).
    private static bool IsForAccess(string? type) =>
        string.IsNullOrEmpty(type)
        || type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase);
}
