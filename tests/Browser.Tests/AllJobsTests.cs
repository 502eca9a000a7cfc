namespace Browser.Tests;

/// <summary>All jobs of a caller on one connection, or polled.</summary>
[Collection(nameof(Topology))]
public sealed class AllJobsTests(Topology topology)
{
    private static readonly object Impatient = new { silence = 500, pollEvery = 10, longestBackoff = 50 };

    private readonly string user = $"ada {Guid.NewGuid()}";

    [Fact]
    public async Task Jobs_that_were_there_and_jobs_to_come_are_followed_with_their_texts()
    {
        var first = await topology.Writers.BeginAsync(user);
        first.Write("one");
        await topology.Writers.UntilWrittenAsync(first.Id, 3);
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAllAsync(user);
        await page.UntilAsync("follower.jobs.size === 1");

        var second = await topology.Writers.BeginAsync(user);
        second.Write("two");
        await page.UntilAsync($"follower.jobs.get('{second.Id}')?.text.toString() === 'two'");
        first.Write(" and more");
        await page.UntilAsync($"follower.jobs.get('{first.Id}').text.toString() === 'one and more'");
        Assert.Equal("write active", await page.ReadAsync<string>($"(({{ type, status }}) => `${{type}} ${{status}}`)(follower.jobs.get('{second.Id}').status)"));
        first.End();
        second.End();

        await page.UntilAsync("follower.jobs.size === 0");
        Assert.Equal(Both(first, second), await EndsAsync(page));
        Assert.False(await page.ReadAsync<bool>("ended"));
    }

    [Fact]
    public async Task A_broken_connection_is_taken_up_where_it_was()
    {
        await using var proxy = await topology.ProxyAsync();
        var first = await topology.Writers.BeginAsync(user);
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAllAsync(user, new { longestBackoff = 1 });
        await page.UntilAsync("follower.jobs.size === 1");
        first.Report(10);
        await page.UntilAsync("told.some(({ name }) => name === 'progress')");

        proxy.IsDown = true;
        first.End();
        await topology.Writers.UntilFinishedAsync(first.Id);
        var second = await topology.Writers.BeginAsync(user);
        proxy.IsDown = false;
        second.End();
        await page.UntilAsync("told.filter(({ name }) => name === 'completed').length === 2");

        Assert.Equal(Both(first, second), await EndsAsync(page));
        Assert.Contains(proxy.StreamIds, id => id is not null);
    }

    [Fact]
    public async Task Where_streams_never_come_they_are_polled_and_each_end_is_told_once()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.SwallowsStreams = true;
        var first = await topology.Writers.BeginAsync(user);
        var page = await topology.OpenAsync(proxy.Address);

        await page.FollowAllAsync(user, Impatient);
        await page.UntilAsync("follower.jobs.size === 1");
        var second = await topology.Writers.BeginAsync(user);
        await page.UntilAsync("follower.jobs.size === 2");
        first.End();
        second.End();
        await page.UntilAsync("follower.jobs.size === 0");

        Assert.Equal(Both(first, second), await EndsAsync(page));
        Assert.DoesNotContain("stream", await page.ReadAsync<string[]>("told.map(({ via }) => via)"));
    }

    [Fact]
    public async Task A_job_that_came_and_went_between_two_requests_is_told_of_too()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.SwallowsStreams = true;
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAllAsync(user, new { silence = 500, pollEvery = 3_600_000 });
        await page.UntilAsync("told.length === 1"); // The next request is an hour away, or when the client is told to try.

        var job = await topology.Writers.BeginAsync(user);
        job.End();
        await topology.Writers.UntilFinishedAsync(job.Id);
        await page.ReadAsync<object?>("follower.retryNow()");
        await page.UntilAsync("told.length === 2");

        Assert.Equal([job.Id.ToString()], await EndsAsync(page));
    }

    [Fact]
    public async Task What_was_polled_is_not_told_again_by_the_stream()
    {
        await using var proxy = await topology.ProxyAsync();
        var first = await topology.Writers.BeginAsync(user);
        var second = await topology.Writers.BeginAsync(user);
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAllAsync(user, Impatient);
        await page.UntilAsync("follower.jobs.size === 2");
        first.Report(10);
        await page.UntilAsync("told.some(({ name }) => name === 'progress')");

        proxy.SwallowsStreams = true;
        await page.UntilAsync("follower.via === 'poll'");
        first.Report(50);
        await page.UntilAsync("told.some(({ via, data }) => via === 'poll' && data.jobs?.some(({ progress }) => progress === 50))");
        first.End();
        await page.UntilAsync("follower.jobs.size === 1");
        proxy.SwallowsStreams = false;
        await page.UntilAsync("follower.via === 'stream'");
        second.End();
        await page.UntilAsync("follower.jobs.size === 0");

        Assert.Equal(Both(first, second), await EndsAsync(page));
        Assert.Equal("stream poll stream", await page.ReadAsync<string>($$"""
            told.filter(({ data }) => data.jobId === '{{first.Id}}' || data.jobId === '{{second.Id}}').map(({ via }) => via).join(' ')
            """));
    }

    private static async Task<string[]> EndsAsync(Microsoft.Playwright.IPage page) =>
        await page.ReadAsync<string[]>("told.filter(({ name }) => name === 'completed').map(({ data }) => data.jobId).sort()");

    private static string[] Both(WritingJob first, WritingJob second) => [.. new[] { first.Id.ToString(), second.Id.ToString() }.Order(StringComparer.Ordinal)];
}
