using System.Diagnostics;
using System.Text.Json;

namespace AppHost.Tests;

[Collection(nameof(Topology))] // One at a time: a test here kills parts of the topology that all share.
public sealed class WorkerLossTests(Topology topology)
{
    // Heavy enough that a worker is busy with some of them at any moment.
    private const int Jobs = 30;

    [Fact]
    public async Task Jobs_of_a_killed_worker_are_finished_by_the_other()
    {
        var text = LongText.Of(90_000);
        var jobIds = new List<Guid>();
        for (var i = 0; i < Jobs; i++)
        {
            // Of the same content one would run, and the others have its cards.
            var body = JsonSerializer.Serialize(new { content = $"Text {i}. {text}", subject = "Medicine", topic = "Cells", userId = "test", count = 50 });
            jobIds.Add((await topology.Api.PostFlashcardsAsync(body)).GetProperty("jobId").GetGuid());
        }

        // The worker that holds the most jobs right now.
        const string busiest = """
            select s.process_id from worker_session s join job_ready r on r.session_id = s.id
            group by s.id order by count(*) desc limit 1
            """;
        using var victim = Process.GetProcessById(await topology.ScalarAsync<int>(busiest));
        victim.Kill();

        foreach (var jobId in jobIds)
        {
            await Eventually.TrueAsync(async () =>
                (await topology.Api.StatusAsync($"/api/job-status/{jobId}")).GetProperty("status").GetString() == "completed", $"job {jobId} completes");
        }

        Assert.Equal((long)Jobs, await topology.ScalarAsync<long>("select count(*) from job_outcome where job_id = any ($1)", jobIds.ToArray()));
        Assert.NotEqual(0L, await topology.ScalarAsync<long>("select count(*) from job_outcome where job_id = any ($1) and attempt = 2", jobIds.ToArray()));
    }
}
