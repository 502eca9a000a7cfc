using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>An OpenID Connect provider on loopback: its discovery document, and keys that it can change.</summary>
internal sealed class AuthorityServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private volatile RsaSecurityKey key = NewKey();
    private volatile bool isAway;

    private AuthorityServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public SigningCredentials Credentials => new(key, SecurityAlgorithms.RsaSha256);

    /// <summary>A secret that it shows to everybody.</summary>
    public byte[] PublishedSecret { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What everybody knows of its key, as the file that tools make of it.</summary>
    public byte[] PublicKeyFile => System.Text.Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem());

    public string KeyId => key.KeyId;

    public bool IsAway { set => isAway = value; }

    public static async Task<AuthorityServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new AuthorityServer(app);
        app.Use((context, next) =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return server.isAway ? Task.CompletedTask : Answer();

            Task Answer()
            {
                context.Response.StatusCode = StatusCodes.Status200OK;
                return next(context);
            }
        });
        app.MapGet("/.well-known/openid-configuration", () => new { issuer = server.Address, jwks_uri = $"{server.Address}/keys" });
        app.MapGet("/keys", () => new { keys = new object[] { PublicPartOf(server.key), new { kty = "oct", kid = "secret", k = Base64UrlEncoder.Encode(server.PublishedSecret) } } });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public string Sign(Action<SecurityTokenDescriptor>? change = null) => Tokens.Make(Credentials, change, Address);

    /// <summary>Signs with another key from now on, and shows no other.</summary>
    public void ChangeKey() => key = NewKey();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    private static object PublicPartOf(RsaSecurityKey key)
    {
        var part = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(part.Modulus), e = Base64UrlEncoder.Encode(part.Exponent) };
    }
}
