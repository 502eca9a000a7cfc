using System.Text.Json;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The client of job events at work in a page.</summary>
internal static class JobPage
{
    // Waits are cut short, so that no test sleeps; what is told is kept for the test.
    private const string Start = """
        async ([kind, job, options]) => {
          const { followJob, followJobs } = await import('/job-events.js');
          Object.assign(window, { told: [], changes: [], error: null, ended: false });
          const all = {
            ...options,
            onConnection(change) {
              changes.push(change);
              if (change.state === 'waiting' && !options.waits) {
                setTimeout(() => follower.retryNow());
              }
            },
          };
          window.follower = kind === 'one' ? followJob(job, all) : followJobs(all);
          (async () => {
            try {
              for await (const { name, id, via, data, job } of follower) {
                told.push({ name, id, via, data, text: job?.text.toString() ?? null });
              }
            } catch (error) {
              window.error = { name: error.name, status: error.status, message: error.message };
            }

            window.ended = true;
          })();
        }
        """;

    extension(IPage page)
    {
        public Task FollowAsync(Guid jobId, string user, object? options = null) => page.FollowAsync("one", jobId.ToString(), user, options);

        /// <summary>Follows a job by its stream alone, as a caller does that has no status address.</summary>
        public Task FollowStreamAsync(Guid jobId, string user, object? options = null, string? token = null) => page.FollowAsync(
            "one", new { eventsUrl = $"/api/job-events?jobId={jobId}{(token is null ? "" : $"&token={Uri.EscapeDataString(token)}")}" }, user, options);

        public Task FollowAllAsync(string user, object? options = null) => page.FollowAsync("all", null, user, options);

        private async Task FollowAsync(string kind, object? job, string user, object? options)
        {
            var all = JsonSerializer.SerializeToNode(options ?? new { })!.AsObject();
            all["headers"] = new System.Text.Json.Nodes.JsonObject { ["user-id"] = user };
            await page.EvaluateAsync($"args => ({Start})(JSON.parse(args))", JsonSerializer.Serialize(new object?[] { kind, job, all }));
        }

        /// <summary>Waits for something to be true in the page: <c>told</c>, <c>changes</c>, <c>ended</c>, <c>error</c>, <c>follower</c>.</summary>
        public Task UntilAsync(string condition) => page.WaitForFunctionAsync($"() => Boolean({condition})");

        public Task<T> ReadAsync<T>(string expression) => page.EvaluateAsync<T>($"() => {expression}");

        /// <summary>The events as they were told: "connected active progress:poll".</summary>
        public Task<string> ToldAsync() => page.ReadAsync<string>("told.map(({ name, via }) => via === 'poll' ? `${name}:poll` : name).join(' ')");
    }
}
