using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ServiceDefaults.Tests.SignIn;

/// <summary>What is easier in Development, and is nowhere else.</summary>
public sealed class DevelopmentSignInTests
{
    private static readonly (string, string)[] Ada = [("user-id", "ada"), ("user-role", "admin")];
    private static readonly string Key = Tokens.NewKey();

    [Fact]
    public async Task A_header_names_the_caller_in_Development()
    {
        await using var host = await StartAsync("Development");

        Assert.Equal("ada [admin]", await host.WhoIsAsync("/administrator", token: null, Ada));
        Assert.Equal("401", await host.WhoIsAsync("/named", token: null));
        Assert.Equal("nobody []", await host.WhoIsAsync("/reader", token: null));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task A_header_counts_for_nothing_elsewhere(string environment)
    {
        await using var host = await StartAsync(environment);

        Assert.Equal("401", await host.WhoIsAsync("/named", token: null, Ada));
        Assert.Equal("401", await host.WhoIsAsync("/reader", token: null, Ada));
        Assert.Equal("nobody []", await host.WhoIsAsync("/public", token: null, Ada));
    }

    [Fact]
    public async Task A_token_counts_before_a_header()
    {
        await using var host = await StartAsync("Development");

        Assert.Equal("grace []", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Key), token => token.Claims["sub"] = "grace"), Ada));
        Assert.Equal("401", await host.WhoIsAsync("/named", Tokens.Make(Tokens.HmacWith(Tokens.NewKey())), Ada));
    }

    [Fact]
    public async Task A_token_that_does_not_hold_is_not_a_reader_without_a_name()
    {
        await using var host = await StartAsync("Development");

        Assert.Equal("401", await host.WhoIsAsync("/reader", Tokens.Make(Tokens.HmacWith(Tokens.NewKey()))));
        Assert.Equal("401", await host.WhoIsAsync("/reader", token: ""));
    }

    [Fact]
    public async Task A_signed_token_signs_in_for_as_long_as_it_says()
    {
        await using var host = await StartAsync("Development");
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1));
        var tokens = new DevelopmentTokens(host.Services.GetRequiredService<IOptions<SignInOptions>>(), time);

        Assert.Equal("ada [user admin]", await host.WhoIsAsync("/named", tokens.Create("ada", ["user", "admin"], TimeSpan.FromMinutes(70)).Token));
        Assert.Equal("401", await host.WhoIsAsync("/named", tokens.Create("ada", [], TimeSpan.FromMinutes(50)).Token));
    }

    [Fact]
    public async Task Without_a_key_Development_makes_one_and_others_sign_nobody()
    {
        await using var development = await SignInHost.StartAsync("Development");
        await using var production = await SignInHost.StartAsync();
        var token = development.Services.GetRequiredService<DevelopmentTokens>().Create("ada", [], TimeSpan.FromMinutes(1)).Token;

        Assert.Equal("ada []", await development.WhoIsAsync("/named", token));
        Assert.DoesNotContain("Nobody can sign in", development.Log, StringComparison.Ordinal);
        Assert.Equal("401", await production.WhoIsAsync("/named", token));
        Assert.Contains("Warning Nobody can sign in", production.Log, StringComparison.Ordinal);
        Assert.Null(production.Services.GetService<DevelopmentTokens>());
    }

    private static Task<SignInHost> StartAsync(string environment) => SignInHost.StartAsync(environment, new() { ["SignIn:Keys:0"] = Key });
}
