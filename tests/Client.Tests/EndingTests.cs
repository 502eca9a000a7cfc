namespace Client.Tests;

/// <summary>Followers that are not wanted any more.</summary>
public sealed class EndingTests(Topology topology)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_ended_follower_leaves_no_connection(bool isSilent)
    {
        await using var buffering = await HttpProxy.StartAsync(topology.ApiAddress, buffers: isSilent);
        await using var counting = new CuttingProxy(buffering.Address, () => null);
        var time = isSilent ? new HastyTime(20) : TimeProvider.System;
        var jobId = await topology.Stories.BegunAsync("test", Story.Wait);

        // Within a wait for the next notice.
        using var cancellation = new CancellationTokenSource();
        var client = topology.ClientOf("test", counting.Address, time);
        await using (var following = new Following(client.FollowAsync(jobId, cancellationToken: cancellation.Token)))
        {
            await following.UntilAsync<JobNotice>(notice => notice is JobNotice.Active or { Via: NoticeSource.Poll } and JobNotice.Snapshot { Status.Status: JobState.Active });
            var next = following.NextAsync();
            Assert.NotEqual(0, counting.OpenConnections);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
            await Eventually.TrueAsync(() => counting.OpenConnections == 0);
        }

        // Left by its reader.
        await foreach (var notice in topology.ClientOf("test", counting.Address, time).FollowAsync(jobId, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(0, counting.OpenConnections);
            break;
        }

        await Eventually.TrueAsync(() => counting.OpenConnections == 0);
    }
}
