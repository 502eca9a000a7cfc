using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Api.Tests;

/// <summary>What the API says while Postgres or Redis is away, and that it recovers by itself. On servers of its own.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Without_the_database_nothing_is_accepted_and_clients_are_told_when_to_come_back()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), "127.0.0.1:1");
        var client = api.ClientOf("test");
        var before = await client.PostValidAsync();

        await postgres.StopAsync();

        var post = await client.PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation);
        await post.ProblemAsync(HttpStatusCode.ServiceUnavailable, "/problems/database-away");
        Assert.NotNull(post.Headers.RetryAfter);
        var get = await client.GetAsync($"/api/job-status/{before}", ApiRequests.Cancellation);
        await get.ProblemAsync(HttpStatusCode.ServiceUnavailable, "/problems/database-away");
        await AssertUnhealthyAsync(client, "PostgreSql");

        await postgres.StartAgainAsync();

        await Eventually.TrueAsync(async () =>
            (await client.GetAsync($"/api/job-status/{before}", ApiRequests.Cancellation)).StatusCode == HttpStatusCode.OK);
        await client.PostValidAsync();
    }

    [Fact]
    public async Task A_client_that_waits_gets_its_receipt_though_the_database_went_away()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), "127.0.0.1:1");
        var posted = api.ClientOf("test").PostAsync("/api/jobs/echo", """{"text":"hello"}""", "Prefer: wait=3");
        await Eventually.TrueAsync(async () => (await api.Jobs.ListAsync(new(), null, 1, ApiRequests.Cancellation)).Count == 1);

        await postgres.StopAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await posted).StatusCode);
        await postgres.StartAgainAsync();
    }

    [Fact]
    public async Task Clients_that_wait_are_answered_without_Redis()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), "127.0.0.1:1");
        await api.StartWorkerAsync();
        var client = api.ClientOf("test");
        client.Timeout = TimeSpan.FromSeconds(25); // Less than the wait, which ends with a look at the database too.
        var posted = client.PostAsync("/api/jobs/echo", """{"text":"hello"}""", "Prefer: wait=30");
        await Eventually.TrueAsync(async () => (await api.Jobs.ListAsync(new(State: "active"), null, 1, ApiRequests.Cancellation)).Count == 1);

        api.Gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await posted).StatusCode);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_clients_that_wait()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), "127.0.0.1:1");
        var posted = api.ClientOf("test").PostAsync("/api/jobs/echo", """{"text":"hello"}""", "Prefer: wait=30");
        await Eventually.TrueAsync(async () => (await api.Jobs.ListAsync(new(), null, 1, ApiRequests.Cancellation)).Count == 1);

        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        var stopped = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.Accepted, (await posted).StatusCode);
        Assert.InRange(TimeProvider.System.GetElapsedTime(stopped).TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task Without_Redis_jobs_are_accepted_and_health_says_what_is_missing()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), redis.ConnectionString);
        var client = api.ClientOf("test");
        Assert.Equal("connected", (await (await client.GetAsync("/api/redis/health", ApiRequests.Cancellation)).ReadAsync()).GetProperty("redis").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", ApiRequests.Cancellation)).StatusCode);

        await redis.KillAsync();

        await Eventually.TrueAsync(async () =>
            (await client.GetAsync("/api/redis/health", ApiRequests.Cancellation)).StatusCode == HttpStatusCode.ServiceUnavailable);
        await client.PostValidAsync();
        await AssertUnhealthyAsync(client, "StackExchange.Redis");

        await redis.StartAgainAsync();

        await Eventually.TrueAsync(async () => (await client.GetAsync("/health", ApiRequests.Cancellation)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_notification_service_streams_are_refused_for_now()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var api = await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), "127.0.0.1:1");

        var response = await api.ClientOf("test").GetAsync($"/api/job-events?jobId={Guid.CreateVersion7()}", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "/problems/unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static async Task AssertUnhealthyAsync(HttpClient client, string check)
    {
        var health = await client.GetAsync("/health", ApiRequests.Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        var entry = (await health.ReadAsync()).GetProperty("checks").GetProperty(check);
        Assert.Equal("Unhealthy", entry.GetProperty("status").GetString());
        Assert.NotEmpty(entry.GetProperty("reason").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive", ApiRequests.Cancellation)).StatusCode);
    }
}
