namespace Client.Tests;

/// <summary>One job on the real system, without trouble on the way.</summary>
public sealed class FollowTests(Topology topology)
{
    [Fact]
    public async Task A_job_is_told_from_its_beginning_to_its_end_and_no_further()
    {
        var jobId = await topology.Stories.BegunAsync("test", Story.Wait, "progress:50", Story.Wait);
        await using var following = new Following(topology.ClientOf("test"), jobId);

        Assert.IsType<JobNotice.Snapshot>(await following.NextAsync());
        Assert.Equal(new JobNotice.Active(1, 3) { JobId = jobId, EventId = "2" }, await following.NextAsync());
        topology.Stories.GoOn(jobId);
        Assert.Equal(new JobNotice.Progress(50, "progress:50") { JobId = jobId, EventId = "3" }, await following.NextAsync());
        topology.Stories.GoOn(jobId);
        var completed = Assert.IsType<JobNotice.Completed>(await following.NextAsync());
        Assert.Equal("secret-moral", completed.Result?.GetProperty("moral").GetString());
        Assert.Equal((true, NoticeSource.Stream), (completed.IsFinal, completed.Via));
        Assert.Null(await following.NextAsync());
    }

    [Fact]
    public async Task The_text_of_each_attempt_is_kept_apart()
    {
        var jobId = await topology.Stories.BeginAsync(
            "test", "Once ", Story.Wait, "upon ", Story.Wait, Story.FailOnce, Story.Wait, "a time.", Story.Wait);
        await using var following = new Following(topology.ClientOf("test"), jobId);

        Assert.Equal("Once ", (await following.UntilAsync<JobNotice.Delta>()).TextSoFar.ToString());
        topology.Stories.GoOn(jobId);
        var second = await following.UntilAsync<JobNotice.Delta>();
        Assert.Equal((1, 5, "upon ", "Once upon "), (second.Attempt, second.Offset, second.Text, second.TextSoFar.ToString()));

        topology.Stories.GoOn(jobId);
        Assert.Equal(1, (await following.UntilAsync<JobNotice.Retrying>()).Attempt);
        var again = await following.UntilAsync<JobNotice.Delta>();
        Assert.Equal((2, 0, "Once "), (again.Attempt, again.Offset, again.TextSoFar.ToString()));
        topology.Stories.GoOn(jobId);
        Assert.Equal("Once upon ", (await following.UntilAsync<JobNotice.Delta>()).TextSoFar.ToString());
        topology.Stories.GoOn(jobId, 2);
        var last = await following.UntilAsync<JobNotice.Delta>();
        Assert.Equal((2, "Once upon a time.", false), (last.Attempt, last.TextSoFar.ToString(), last.TextSoFar.HasHoles));
        Assert.Equal("Once upon ", second.TextSoFar.ToString());

        topology.Stories.GoOn(jobId);
        await following.UntilAsync<JobNotice.Completed>();
    }

    [Fact]
    public async Task A_follower_that_comes_back_is_told_only_what_came_after_its_last_event()
    {
        var jobId = await topology.Stories.BeginAsync("test", "progress:10", "progress:20", "progress:30");
        var client = topology.ClientOf("test");
        var first = await Following.AllOfAsync(client, jobId);
        await Eventually.TrueAsync(() => topology.Stories.Sent(jobId).Count == 5);

        var rest = await Following.AllOfAsync(client, jobId, lastEventId: "3");

        Assert.Equal(["progress#4", "progress#5", "completed#6"], rest.Select(Following.Describe));
        Assert.Equal("6", first[^1].EventId);
        Assert.Empty(await Following.AllOfAsync(client, jobId, lastEventId: first[^1].EventId));
    }

    [Fact]
    public async Task A_failed_and_a_cancelled_job_end_as_such()
    {
        var client = topology.ClientOf("test");
        var failing = await topology.Stories.BeginAsync("test", Story.Fail);
        Assert.Equal("no", Assert.IsType<JobNotice.Failed>((await Following.AllOfAsync(client, failing))[^1]).Error.Type);

        var endless = await topology.Stories.BegunAsync("test", Story.Wait);
        await using var following = new Following(client, endless);
        await following.UntilAsync<JobNotice.Active>();
        Assert.Equal(JobCancellation.Asked, await client.CancelAsync(endless, TestContext.Current.CancellationToken));
        Assert.IsType<JobNotice.Cancelled>((await following.ReadToEndAsync())[^1]);
    }

    [Fact]
    public async Task A_job_of_somebody_else_is_not_found()
    {
        var jobId = await topology.Stories.BeginAsync("somebody", "progress:10");

        await Assert.ThrowsAsync<JobNotFoundException>(() => Following.AllOfAsync(topology.ClientOf("test"), jobId));
    }

    [Fact]
    public async Task Each_enumeration_tells_it_anew()
    {
        var jobId = await topology.Stories.BeginAsync("test", "progress:10");
        var notices = topology.ClientOf("test").FollowAsync(jobId, cancellationToken: TestContext.Current.CancellationToken);
        await Following.AllOfAsync(notices);

        Assert.IsType<JobNotice.Completed>((await Following.AllOfAsync(notices))[^1]);
    }
}
