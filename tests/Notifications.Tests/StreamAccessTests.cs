using System.Net;

namespace Notifications.Tests;

/// <summary>Who may open which stream.</summary>
public sealed class StreamAccessTests(StreamServers servers)
{
    [Fact]
    public async Task A_link_opens_its_stream_without_a_sign_in()
    {
        await using var host = await servers.StartAsync(environment: "Production");
        var jobId = await host.FinishedAsync(steps: 1);

        await using var stream = await EventStream.OpenAsync(host.ClientOf(null), host.LinkTo(jobId));

        Assert.Equal(["connected#1", "active#2", "progress#3", "completed#4"], await stream.ReadToEndAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("test")] // Though the job is the caller's own: a link shows everybody the same.
    public async Task A_link_opens_no_other_stream(string? user)
    {
        await using var host = await servers.StartAsync();
        var (own, other) = (await host.EnqueueAsync(steps: 0), await host.EnqueueAsync(steps: 0));

        using var response = await host.ClientOf(user).GetAsync(host.LinkTo(other, tokenOf: own), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_token_that_is_none_is_refused_whoever_shows_it(string token)
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.EnqueueAsync(steps: 0);

        using var response = await host.ClientOf("test").GetAsync($"/api/job-events?jobId={jobId}&token={token}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_expires_and_does_not_open_again()
    {
        await using var host = await servers.StartAsync(settings: new() { ["EventTokens:Lifetime"] = "00:00:02" });
        var jobId = await host.BegunAsync(steps: 1);
        var link = host.LinkTo(jobId);
        await using var stream = await EventStream.OpenAsync(host.ClientOf(null), link);

        Assert.Equal(["connected#1", "active#2"], await stream.ReadToEndAsync());
        using var again = await host.ClientOf(null).GetAsync(link, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }
}
