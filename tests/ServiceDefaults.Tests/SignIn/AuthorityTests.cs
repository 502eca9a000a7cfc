using System.Net;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>Whom a token of an OpenID Connect provider signs in.</summary>
public sealed class AuthorityTests
{
    private static readonly string Key = Tokens.NewKey();

    [Fact]
    public async Task The_authoritys_tokens_sign_in()
    {
        await using var authority = await AuthorityServer.StartAsync();
        await using var host = await StartAsync(authority);

        Assert.Equal("ada [admin]", await host.WhoIsAsync("/administrator", authority.Sign(token => token.Claims["roles"] = (string[])["admin"])));
        Assert.Equal("ada []", await host.WhoIsAsync("/named", authority.Sign(token => token.TokenType = "at+jwt")));
        Assert.Equal("ada []", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Key))));
    }

    [Fact]
    public async Task A_token_made_for_another_service_or_too_late_is_refused()
    {
        await using var authority = await AuthorityServer.StartAsync();
        await using var host = await StartAsync(authority);

        Assert.Equal("401", await host.WhoIsAsync("/named", authority.Sign(token => token.Audience = "another-service")));
        Assert.Equal("401", await host.WhoIsAsync("/named", authority.Sign(token => token.Issuer = "https://elsewhere.example")));
        Assert.Equal("401", await host.WhoIsAsync("/named", authority.Sign(token => token.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-31))));
    }

    [Fact]
    public async Task Who_signs_speaks_for_one_issuer_alone()
    {
        await using var authority = await AuthorityServer.StartAsync();
        await using var host = await StartAsync(authority);

        Assert.Equal("401", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Key), issuer: authority.Address)));
        Assert.Equal("401", await host.WhoIsAsync("/named", Tokens.Make(authority.Credentials, issuer: Tokens.Ours)));
    }

    [Fact]
    public async Task What_everybody_knows_of_a_key_signs_nobody_in()
    {
        await using var authority = await AuthorityServer.StartAsync();
        await using var host = await StartAsync(authority);
        var publicKey = new SymmetricSecurityKey(authority.PublicKeyFile) { KeyId = authority.KeyId };
        var publishedSecret = new SymmetricSecurityKey(authority.PublishedSecret) { KeyId = "secret" };

        foreach (var key in (SymmetricSecurityKey[])[publicKey, publishedSecret])
        {
            foreach (var issuer in (string[])[authority.Address, Tokens.Ours])
            {
                Assert.Equal("401", await host.WhoIsAsync("/named", Tokens.Make(new(key, SecurityAlgorithms.HmacSha256), issuer: issuer)));
            }
        }
    }

    [Fact]
    public async Task A_new_key_is_found_and_one_that_was_withdrawn_counts_no_longer()
    {
        await using var authority = await AuthorityServer.StartAsync();
        await using var host = await StartAsync(authority);
        var old = authority.Sign();
        Assert.Equal("ada []", await host.WhoIsAsync("/named", old));

        authority.ChangeKey();
        var renewed = authority.Sign();

        // The keys are read anew beside the first request that misses one.
        while (await host.WhoIsAsync("/named", renewed) != "ada []")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Equal("401", await host.WhoIsAsync("/named", old));
    }

    [Fact]
    public async Task While_the_authority_was_not_heard_a_token_is_not_called_a_bad_one()
    {
        await using var authority = await AuthorityServer.StartAsync();
        authority.IsAway = true;
        await using var host = await StartAsync(authority);

        using var response = await host.GetAsync("/named", authority.Sign());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.Equal("nobody []", await host.WhoIsAsync("/public", authority.Sign()));
        Assert.Equal("ada []", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Key))));

        authority.IsAway = false;
        Assert.Equal("ada []", await host.WhoIsAsync("/named", authority.Sign()));
    }

    private static Task<SignInHost> StartAsync(AuthorityServer authority) => SignInHost.StartAsync(
        "Development", new() { ["SignIn:Authority"] = authority.Address, ["SignIn:Keys:0"] = Key });
}
