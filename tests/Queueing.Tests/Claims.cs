using System.Text.Json;
using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>What a test reads from the order of claims.</summary>
internal static class Claims
{
    extension(ClaimedJob job)
    {
        public int Number => JsonSerializer.Deserialize<Chore>(job.Args, JobJson.Options)!.Number;
    }

    extension(QueueHost host)
    {
        /// <summary>The numbers of all waiting jobs, in the order in which one slot would run them.</summary>
        public async Task<List<int>> OrderAsync(int atOnce = 1) => [.. (await host.ClaimInTurnAsync(int.MaxValue, atOnce)).Select(job => job.Number)];

        /// <summary>The owners of the next jobs, in the order in which one slot would run them.</summary>
        public async Task<List<string>> OwnersAsync(int jobs) => [.. (await host.ClaimInTurnAsync(jobs)).Select(job => job.Owner)];

        public async Task<List<ClaimedJob>> ClaimInTurnAsync(int jobs, int atOnce = 1)
        {
            var sessionId = await host.OpenSessionAsync();
            var claimed = new List<ClaimedJob>();
            while (claimed.Count < jobs && await host.ClaimAsync(sessionId, Math.Min(atOnce, jobs - claimed.Count)) is { Count: > 0 } next)
            {
                claimed.AddRange(next);
            }

            return claimed;
        }

        /// <summary>Lets every delayed job's time come.</summary>
        public async Task MakeDueAsync()
        {
            await host.ScalarAsync("update job_ready set run_at = least(run_at, now()) where delayed");
            while (await host.Get<DueJobPromoter>().RunOnceAsync(TestContext.Current.CancellationToken) > 0)
            {
            }
        }
    }
}
