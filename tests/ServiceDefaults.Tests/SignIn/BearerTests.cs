using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>Whom a token signed with a key of the configuration signs in.</summary>
public sealed class BearerTests
{
    private static readonly string[] Keys = [Tokens.NewKey(), Tokens.NewKey(), Tokens.NewKey()];

    private static readonly Dictionary<string, Action<SecurityTokenDescriptor>> Faults = new()
    {
        ["expired"] = token => token.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-31),
        ["everlasting"] = token => token.Expires = null,
        ["early"] = token => token.NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60),
        ["other issuer"] = token => token.Issuer = "https://elsewhere.example",
        ["no issuer"] = token => token.Issuer = null,
        ["other audience"] = token => token.Audience = "another-service",
        ["no audience"] = token => token.Audience = null,
        ["other key"] = token => token.SigningCredentials = Tokens.HmacWith(Keys[2]),
        ["unsigned"] = token => token.SigningCredentials = null,
        ["log-out notice"] = token => token.TokenType = "logout+jwt",
        ["nameless"] = token => token.Claims.Remove("sub"),
        ["blank name"] = token => token.Claims["sub"] = " ",
        ["unprintable name"] = token => token.Claims["sub"] = "a\0b",
        ["far too long a name"] = token => token.Claims["sub"] = new string('a', 201),
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "expired", "The token has expired" },
        { "everlasting", "The token never expires" },
        { "early", "The token is not valid yet" },
        { "other issuer", "The token is not of an issuer that its key signs for" },
        { "no issuer", "The token is not of an issuer that its key signs for" },
        { "other audience", "The token is for somebody else" },
        { "no audience", "The token is for somebody else" },
        { "other key", "The token is not valid" },
        { "unsigned", "The token is not valid" },
        { "log-out notice", "The token is of another type" },
        { "nameless", "The token names no caller" },
        { "blank name", "The token names no caller" },
        { "unprintable name", "The token names no caller" },
        { "far too long a name", "The token names no caller" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_token_that_does_not_hold_is_refused_with_the_reason_and_never_logged(string fault, string reason)
    {
        await using var host = await StartAsync();
        var token = Tokens.Make(Tokens.HmacWith(Keys[0]), Faults[fault]);

        foreach (var path in (string[])["/named", "/reader", "/administrator"])
        {
            using var response = await host.GetAsync(path, token);
            await AssertRefusedAsync(response, $"Bearer error=\"invalid_token\", error_description=\"{reason}\"");
        }

        Assert.All(token.Split('.', StringSplitOptions.RemoveEmptyEntries), part => Assert.DoesNotContain(part, host.Log, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("AQGiSecretSecretSecretSecretSecretSecret")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.")]
    [InlineData("one two")]
    public async Task What_is_no_token_is_refused_and_never_logged(string token)
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/named", token);

        await AssertRefusedAsync(response, "Bearer error=\"invalid_token\", error_description=\"The token is not valid\"");
        Assert.True(token.Length < 10 || !host.Log.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_to_an_event_stream_signs_nobody_in()
    {
        await using var host = await StartAsync();
        var time = TimeProvider.System;
        var link = new EventTokens(Microsoft.Extensions.Options.Options.Create(new EventTokenOptions { Keys = [Keys[0]] }), time).Create(Guid.NewGuid());

        Assert.Equal("401", await host.WhoIsAsync("/named", link));
    }

    [Fact]
    public async Task Without_a_token_the_answer_says_what_is_asked_for()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/named", token: null);

        await AssertRefusedAsync(response, "Bearer");
    }

    [Fact]
    public async Task The_token_says_who_calls_and_in_which_roles()
    {
        await using var host = await StartAsync();

        Assert.Equal("ada []", await host.WhoIsAsync("/named", Signed()));
        Assert.Equal("ada [user]", await host.WhoIsAsync("/named", Signed(("role", "user"))));
        Assert.Equal("ada [user admin]", await host.WhoIsAsync("/administrator", Signed(("roles", (string[])["user", "admin"]))));
        Assert.Equal("403", await host.WhoIsAsync("/administrator", Signed(("role", "user"))));
        Assert.Equal("nobody []", await host.WhoIsAsync("/public", "x"));
    }

    [Fact]
    public async Task A_claim_of_another_name_stands_in_for_none()
    {
        await using var host = await StartAsync();

        var who = await host.WhoIsAsync("/named", Signed(
            ("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "grace"),
            ("http://schemas.microsoft.com/ws/2008/06/identity/claims/role", "admin"),
            ("nameid", "grace")));

        Assert.Equal("ada []", who);
    }

    [Fact]
    public async Task All_keys_are_accepted_so_that_they_can_be_changed()
    {
        await using var host = await StartAsync();

        Assert.Equal("ada []", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Keys[0]))));
        Assert.Equal("ada []", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Keys[1]))));
    }

    private static string Signed(params (string Name, object Value)[] claims) => Tokens.Make(Tokens.HmacWith(Keys[0]), token =>
    {
        foreach (var (name, value) in claims)
        {
            token.Claims[name] = value;
        }
    });

    private static Task<SignInHost> StartAsync() =>
        SignInHost.StartAsync(settings: new() { ["SignIn:Keys:0"] = Keys[0], ["SignIn:Keys:1"] = Keys[1] });

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string challenge)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("/problems/sign-in-required", problem.GetProperty("type").GetString());
    }
}
