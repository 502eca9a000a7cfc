using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults;

/// <summary>Signs tokens for whoever asks. There are none outside Development.</summary>
public sealed class DevelopmentTokens(IOptions<SignInOptions> options, TimeProvider time)
{
    /// <param name="userId">The caller that it signs in.</param>
    /// <param name="roles">What the caller is.</param>
    /// <param name="lifetime">For how long.</param>
    public (string Token, DateTimeOffset ExpiresAt) Create(string userId, IEnumerable<string> roles, TimeSpan lifetime)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()); // Tokens have no fractions.
        var expiresAt = now + lifetime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Issuer,
            Audience = options.Value.Audience,
            Subject = new([new("sub", userId), .. roles.Select(role => new Claim("roles", role))]),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            SigningCredentials = new(new SymmetricSecurityKey(SignInOptions.Decode(options.Value.Keys[0])), SecurityAlgorithms.HmacSha256),
        });
        return (token, expiresAt);
    }
}
