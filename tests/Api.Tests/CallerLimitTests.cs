using System.Net;
using Api.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults;

namespace Api.Tests;

/// <summary>How often a caller may ask.</summary>
public sealed class CallerLimitTests(ApiServers servers)
{
    // One request comes free again in a minute: none while a test runs.
    private static readonly Dictionary<string, string> Three = new() { ["CallerLimits:Burst"] = "3", ["CallerLimits:RequestsPerMinute"] = "1" };

    [Fact]
    public async Task A_caller_that_asks_too_often_is_told_when_to_come_back_and_others_are_not()
    {
        await using var api = await servers.StartApiAsync(settings: Three);
        var ada = api.ClientOf("ada");

        Assert.Equal("200 200 200", await AskAsync(ada, times: 3));
        using var refused = await ada.GetAsync("/api/jobs", ApiRequests.Cancellation);
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "/problems/too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        Assert.Equal("200", await AskAsync(api.ClientOf("grace"), times: 1));
    }

    [Fact]
    public async Task Callers_without_a_name_are_told_apart_by_their_address_whatever_they_say_of_it()
    {
        await using var api = await servers.StartApiAsync(settings: Three);

        foreach (var said in (string[])["10.0.0.1", "10.0.0.2", "10.0.0.3"])
        {
            Assert.Equal("200", await AskAsync(SaidToBeAt(said), times: 1));
        }

        Assert.Equal("429", await AskAsync(SaidToBeAt("10.0.0.4"), times: 1));
        Assert.Equal("200", await AskAsync(api.ClientOf("ada"), times: 1));

        HttpClient SaidToBeAt(string address)
        {
            var client = api.ClientOf(null);
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            client.DefaultRequestHeaders.Add("Forwarded", $"for={address}");
            return client;
        }
    }

    [Fact]
    public async Task A_request_that_is_refused_counts_as_well()
    {
        await using var api = await servers.StartApiAsync(settings: Three);

        Assert.Equal("401 401 401 429", await AskAsync(api.BearerOf("a.b.c"), times: 4));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/api/health")]
    [InlineData("/api/redis/health")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/sse-example.html")]
    [InlineData("/job-events.js")]
    public async Task Health_the_description_and_the_pages_are_not_counted(string path)
    {
        await using var api = await servers.StartApiAsync(settings: Three);

        Assert.Equal("200 200 200 200 200", await AskAsync(api.ClientOf("ada"), times: 5, path));
    }

    [Fact]
    public async Task Public_routes_that_cost_money_have_a_stricter_limit()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["CallerLimits:AnonymousBurst"] = "2";
        builder.Configuration["CallerLimits:AnonymousRequestsPerMinute"] = "1";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddProblems();
        builder.AddCallerLimits();
        await using var app = builder.Build();
        app.UseProblems();
        app.UseRateLimiter();
        app.MapGet("/costly", () => TypedResults.Ok()).RequireRateLimiting("anonymous");
        app.MapGet("/other", () => TypedResults.Ok());
        await app.StartAsync(ApiRequests.Cancellation);
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };

        Assert.Equal("200 200 429", await AskAsync(client, times: 3, "/costly"));
        Assert.Equal("200 200 200", await AskAsync(client, times: 3, "/other"));
    }

    [Theory]
    [InlineData("Burst", "0")]
    [InlineData("RequestsPerMinute", "0")]
    [InlineData("AnonymousBurst", "-1")]
    [InlineData("AnonymousRequestsPerMinute", "many")]
    [InlineData("RequestsPerMinut", "5")]
    public async Task A_setting_that_is_wrong_stops_the_start_with_its_name(string key, string value)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => servers.StartApiAsync(settings: new() { [$"CallerLimits:{key}"] = value }));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void What_a_host_can_choose_of_its_address_tells_nobody_apart(string one, string other, bool isSame) =>
        Assert.Equal(isSame, LimitedCaller.NetworkOf(IPAddress.Parse(one)) == LimitedCaller.NetworkOf(IPAddress.Parse(other)));

    private static async Task<string> AskAsync(HttpClient client, int times, string path = "/api/jobs")
    {
        var answers = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var response = await client.GetAsync(path, ApiRequests.Cancellation);
            answers.Add((int)response.StatusCode);
        }

        return string.Join(' ', answers);
    }
}
