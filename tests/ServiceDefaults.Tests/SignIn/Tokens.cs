using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>Makes tokens, good ones and bad ones.</summary>
internal static class Tokens
{
    public const string Ours = "aspire-jobs";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static SigningCredentials HmacWith(string key) => new(new SymmetricSecurityKey(Convert.FromBase64String(key)), SecurityAlgorithms.HmacSha256);

    /// <summary>A token that is valid, but for what is changed.</summary>
    public static string Make(SigningCredentials? credentials, Action<SecurityTokenDescriptor>? change = null, string? issuer = Ours)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = Ours,
            Claims = new Dictionary<string, object> { ["sub"] = "ada" },
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddMinutes(10),
            SigningCredentials = credentials,
        };
        change?.Invoke(descriptor);
        return Handler.CreateToken(descriptor);
    }
}
