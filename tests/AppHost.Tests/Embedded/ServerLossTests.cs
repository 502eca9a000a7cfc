using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace AppHost.Tests;

/// <summary>
/// Servers killed under the running system, and started again by the embedded host. Aspire runs them in containers, whose
/// processes aren't a test's to kill, so these are only built without it.
/// </summary>
[Collection(nameof(Topology))]
public sealed class ServerLossTests(Topology topology)
{
    [Theory]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task Accepted_jobs_are_all_done_once_though_a_server_is_killed(string server)
    {
        var body = JsonSerializer.Serialize(new { content = LongText.Of(20_000), subject = "Medicine", topic = "Cells", userId = "test" });
        var jobIds = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            jobIds.Add((await topology.Api.PostFlashcardsAsync(body)).GetProperty("jobId").GetGuid());
        }

        using var victim = Process.GetProcessById((await topology.FindAsync(server)).Snapshot.ProcessId!.Value);
        victim.Kill();

        await Eventually.TrueAsync(() => victim.HasExited);
        foreach (var jobId in jobIds)
        {
            await Eventually.TrueAsync(async () =>
            {
                var response = await topology.Api.GetAsync($"/api/job-status/{jobId}", TestContext.Current.CancellationToken);
                return response.StatusCode == HttpStatusCode.OK
                    && JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("status").GetString() == "completed";
            }, $"job {jobId} completes");
        }

        topology.Database.Clear(); // The test's own connections broke as well.
        Assert.Equal(20L, await topology.ScalarAsync<long>("select count(*) from job_outcome where job_id = any ($1)", jobIds.ToArray()));
        await Eventually.TrueAsync(async () =>
            (await topology.Api.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK);
    }
}
