using System.Net;

namespace Api.Tests;

public sealed class JobSteeringTests(ApiServers servers)
{
    [Fact]
    public async Task A_job_that_waits_is_cancelled_at_once_and_a_second_time_is_a_conflict()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var jobId = await client.PostEchoAsync();

        var response = await client.DeleteAsync($"/api/jobs/{jobId}", ApiRequests.Cancellation);
        var again = await client.DeleteAsync($"/api/jobs/{jobId}", ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("cancelled", (await response.ReadAsync()).GetProperty("status").GetString());
        await again.ProblemAsync(HttpStatusCode.Conflict, "/problems/job-finished");
    }

    [Fact]
    public async Task A_running_job_is_asked_to_end_and_a_client_that_waits_hears_of_it()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");
        var posted = client.PostAsync("/api/jobs/echo", """{"text":"hello"}""", "Prefer: wait=30");
        var job = await Eventually.NotNullAsync(async () =>
            (await api.Jobs.ListAsync(new(State: "active"), null, 1, ApiRequests.Cancellation)).SingleOrDefault());

        var response = await client.DeleteAsync($"/api/jobs/{job.JobId}", ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/job-status/{job.JobId}", response.Headers.Location?.ToString());
        Assert.Equal("cancelled", (await (await posted).ReadAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("somebody", HttpStatusCode.NotFound)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Only_its_owner_or_an_administrator_cancels_a_job(string? user, HttpStatusCode expected)
    {
        await using var api = await servers.StartApiAsync();
        var jobId = await api.ClientOf("test").PostEchoAsync();

        var refused = await api.ClientOf(user).DeleteAsync($"/api/jobs/{jobId}", ApiRequests.Cancellation);
        var done = await api.ClientOf("root", role: "admin").DeleteAsync($"/api/jobs/{jobId}", ApiRequests.Cancellation);

        Assert.Equal(expected, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task An_administrator_lets_a_failed_job_run_again()
    {
        await using var api = await servers.StartBothAsync();
        api.Gate.Open();
        var failed = await api.ClientOf("test").PostAsync("/api/jobs/echo", """{"text":"fail"}""", "Prefer: wait=30");
        var jobId = await failed.JobIdAsync();
        var admin = api.ClientOf("root", role: "admin");

        var response = await admin.PostAsync($"/api/jobs/{jobId}/retry", null, ApiRequests.Cancellation);
        var tooEarly = await admin.PostAsync($"/api/jobs/{jobId}/retry", null, ApiRequests.Cancellation);
        api.Gate.Open();

        Assert.Equal("failed", (await failed.ReadAsync()).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/job-status/{jobId}", response.Headers.Location?.ToString());
        Assert.Equal(jobId, await response.JobIdAsync());
        await tooEarly.ProblemAsync(HttpStatusCode.Conflict, "/problems/job-not-failed");
        await Eventually.TrueAsync(async () => await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation) is { Status: "failed" });
    }

    [Theory]
    [InlineData("test", null, HttpStatusCode.Forbidden)]
    [InlineData("test", "owner", HttpStatusCode.Forbidden)]
    [InlineData(null, "admin", HttpStatusCode.Unauthorized)]
    public async Task Nobody_else_does(string? user, string? role, HttpStatusCode expected)
    {
        await using var api = await servers.StartApiAsync();
        var jobId = await api.ClientOf("test").PostEchoAsync();
        await api.ClientOf("test").DeleteAsync($"/api/jobs/{jobId}", ApiRequests.Cancellation);

        var response = await api.ClientOf(user, role).PostAsync($"/api/jobs/{jobId}/retry", null, ApiRequests.Cancellation);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("cancelled", (await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation))!.Status);
    }

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        await using var api = await servers.StartApiAsync();
        var admin = api.ClientOf("root", role: "admin");
        var url = $"/api/jobs/{Guid.CreateVersion7()}";

        await (await admin.DeleteAsync(url, ApiRequests.Cancellation)).ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
        await (await admin.PostAsync($"{url}/retry", null, ApiRequests.Cancellation)).ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
    }
}
