using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Notifications.Tests;

/// <summary>Streams of callers that sign in with a token.</summary>
public sealed class StreamSignInTests(StreamServers servers)
{
    private static readonly SignInOptions Keys = new() { Keys = [Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))] };
    private static readonly Dictionary<string, string> Settings = new() { ["SignIn:Keys:0"] = Keys.Keys[0] };

    private static readonly string[] Public =
    [
        "/alive",
        "/api/job-events", // It decides itself: a signed link stands for a sign-in.
        "/health",
    ];

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_tokens_caller_follows_its_jobs_and_nobody_elses(string environment)
    {
        await using var host = await servers.StartAsync(environment: environment, settings: Settings);
        var jobId = await host.FinishedAsync(steps: 1);

        await using var stream = await EventStream.OpenAsync(ClientWith(host, TokenOf("test")), jobId);
        Assert.Equal(["connected#1", "active#2", "progress#3", "completed#4"], await stream.ReadToEndAsync());

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ClientWith(host, TokenOf("other")), $"?jobId={jobId}"));
        await using var administrators = await EventStream.OpenAsync(ClientWith(host, TokenOf("root", "admin")), jobId);
        Assert.Equal(["connected#1", "active#2", "progress#3", "completed#4"], await administrators.ReadToEndAsync());
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_token_that_does_not_hold_opens_no_stream(string environment)
    {
        await using var host = await servers.StartAsync(environment: environment, settings: Settings);
        var jobId = await host.EnqueueAsync(steps: 0);
        var client = ClientWith(host, TokenOf("test", lifetime: TimeSpan.FromMinutes(-1)));

        foreach (var query in (string[])["", $"?jobId={jobId}"])
        {
            using var response = await client.GetAsync($"/api/job-events{query}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stream_ends_when_its_callers_token_expires()
    {
        await using var host = await servers.StartAsync(environment: "Production", settings: Settings);
        var jobId = await host.BegunAsync(steps: 1);
        var client = ClientWith(host, TokenOf("test", lifetime: TimeSpan.FromSeconds(3)));

        await using var one = await EventStream.OpenAsync(client, jobId);
        await using var all = await EventStream.OpenAsync(client, "/api/job-events");

        Assert.Equal(["connected#1", "active#2"], await one.ReadToEndAsync());
        await all.ReadToEndAsync();
    }

    [Fact]
    public async Task Every_endpoint_asks_for_a_sign_in_but_those_on_this_list()
    {
        await using var host = await servers.StartAsync(environment: "Production");

        var open = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null))
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(Public, open);
    }

    private static string TokenOf(string user, string role = "user", TimeSpan? lifetime = null) =>
        new DevelopmentTokens(Options.Create(Keys), TimeProvider.System).Create(user, [role], lifetime ?? TimeSpan.FromMinutes(5)).Token;

    private static HttpClient ClientWith(StreamHost host, string token)
    {
        var client = host.ClientOf(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string query) =>
        (await client.GetAsync($"/api/job-events{query}", TestContext.Current.CancellationToken)).StatusCode;
}
