using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Client.Tests;

/// <summary>All jobs over one connection, told by a server that the test writes for.</summary>
public sealed class AllJobsTests
{
    private readonly Guid first = Guid.NewGuid();
    private readonly Guid second = Guid.NewGuid();

    [Fact]
    public async Task Every_job_is_told_of_in_turn_with_a_text_of_its_own()
    {
        await using var api = await ScriptedApi.StartAsync(
            async context =>
            {
                await ScriptedApi.SendAsync(context, Snapshot("1", Wire.Status(second), Wire.Status(first))
                    + Wire.Delta(first, "2", 1, 0, "one ") + Wire.Delta(second, "3", 1, 0, "zwei ") + Wire.Delta(first, "4", 1, 4, "two")
                    + Wire.Completed(first, "5") + Wire.Active(second, "6", attempt: 2));
                await ScriptedApi.HoldAsync(context);
            },
            PageOf());
        await using var following = new Following(api.Client(new HastyTime(100)).FollowAllAsync(CancellationToken.None));

        var notices = new List<JobNotice>();
        while (notices is not [.., JobNotice.Active])
        {
            notices.Add((await following.NextAsync())!);
        }

        Assert.Equal([first, second, first, second, first, first, second], notices.Select(notice => notice.JobId));
        Assert.Equal(
            ["snapshot#1", "snapshot#1", "delta#2", "delta#3", "delta#4", "completed#5", "active#6"], notices.Select(Following.Describe));
        Assert.Equal("one two", Assert.IsType<JobNotice.Delta>(notices[4]).TextSoFar.ToString());
    }

    [Fact]
    public async Task A_job_that_ended_within_a_gap_is_told_to_have_ended()
    {
        await using var api = await ScriptedApi.StartAsync(
            async context =>
            {
                if (context.Request.Headers["Last-Event-ID"] != "1")
                {
                    await ScriptedApi.SendAsync(context, Wire.Retry + Snapshot("1", Wire.Status(second), Wire.Status(first)));
                    return;
                }

                await ScriptedApi.SendAsync(context, Wire.Event("gap", "8", """{"lastEventId":"1"}""") + Snapshot("8", Wire.Status(second)));
                await ScriptedApi.HoldAsync(context);
            },
            context => context.Request.Path == $"/api/job-status/{first}" ? context.Response.WriteAsync(Wire.Status(first, "completed", "7"))
                : context.Request.Path == $"/api/job-status/{second}" ? context.Response.WriteAsync(Wire.Status(second)) // A busy machine takes the stream for silent.
                : PageOf()(context));
        await using var following = new Following(api.Client(new HastyTime(100)).FollowAllAsync(CancellationToken.None));

        var notices = new List<JobNotice>();
        while (notices is not [.., JobNotice.Completed])
        {
            notices.Add((await following.NextAsync())!);
        }

        Assert.Equal([first, second], notices.OfType<JobNotice.Gap>().Select(notice => notice.JobId).Order(Comparer<Guid>.Create((a, b) => a == first ? -1 : 1)));
        Assert.Equal((first, NoticeSource.Poll), (notices[^1].JobId, notices[^1].Via));
        Assert.Equal(second, notices.OfType<JobNotice.Snapshot>().Last().JobId);
    }

    [Fact]
    public async Task While_the_stream_is_silent_changes_and_ends_are_told_from_the_list_once_and_not_what_had_ended_before()
    {
        var old = Guid.NewGuid();
        var page = new[] { Wire.Status(first, minute: 1), Wire.Status(old, "completed", "0") };
        var third = Guid.NewGuid();
        var silent = true;
        var back = Channel.CreateUnbounded<string>();
        await using var api = await ScriptedApi.StartAsync(
            async context =>
            {
                while (!silent)
                {
                    await ScriptedApi.SendAsync(context, await back.Reader.ReadAsync(context.RequestAborted));
                }

                await ScriptedApi.HoldAsync(context);
            },
            context => PageOf(Volatile.Read(ref page))(context));
        var client = api.Client(new HastyTime(40), options => options.SilenceLimit = TimeSpan.FromSeconds(30));
        await using var following = new Following(client.FollowAllAsync(CancellationToken.None));

        Assert.Equal(first, (await following.UntilAsync<JobNotice.Snapshot>()).JobId);
        Volatile.Write(ref page, [Wire.Status(second, minute: 2), Wire.Status(first, progress: 50, minute: 1), Wire.Status(old, "completed", "0")]);
        Assert.Equal(50, ((await following.NextAsync()) as JobNotice.Snapshot)?.Status.Progress);
        Assert.Equal(second, (await following.NextAsync())?.JobId);

        // One that was told of ends, and one that was never seen before has.
        Volatile.Write(ref page, [Wire.Status(third, "failed", minute: 3), Wire.Status(second, minute: 2), Wire.Status(first, "completed", "7", minute: 1), Wire.Status(old, "completed", "0")]);
        Assert.Equal((first, NoticeSource.Poll), ((await following.UntilAsync<JobNotice.Completed>()) is var end ? (end.JobId, end.Via) : default));
        Assert.Equal(third, (await following.UntilAsync<JobNotice.Failed>()).JobId);

        // The stream tells what it held back: of the jobs that have ended nothing is left to be told.
        back.Writer.TryWrite(Snapshotless());
        silent = false;
        var next = await following.NextAsync();
        Assert.Equal((second, "9", NoticeSource.Stream), (next!.JobId, next.EventId, next.Via));

        string Snapshotless() => Wire.Active(first, "5") + Wire.Completed(first, "6", "7") + Wire.Active(third, "7")
            + Wire.Event("failed", "8", $$"""{"jobId":"{{third}}","error":null}""") + Wire.Active(second, "9");
    }

    [Fact]
    public async Task A_job_that_had_ended_before_and_comes_into_view_late_is_not_told()
    {
        var newest = Enumerable.Range(0, 100).Select(_ => Wire.Status(Guid.NewGuid(), "completed", minute: 5)).ToArray();
        var (page, asked) = (newest, 0);
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.HoldAsync, context =>
        {
            var answer = PageOf(Volatile.Read(ref page));
            Interlocked.Increment(ref asked);
            return answer(context);
        });
        var client = api.Client(new HastyTime(40), options => options.SilenceLimit = TimeSpan.FromSeconds(30));
        await using var following = new Following(client.FollowAllAsync(CancellationToken.None));

        var next = following.NextAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref asked) > 0);
        Volatile.Write(ref page, [Wire.Status(first, "failed", minute: 6), Wire.Status(second, "completed", minute: 1), .. newest[..98]]);

        Assert.Equal(first, (await next)?.JobId);
    }

    private static string Snapshot(string id, params string[] jobs) =>
        Wire.Event("connected", id, $$"""{"jobs":[{{string.Join(',', jobs)}}],"more":false}""");

    private static Func<HttpContext, Task> PageOf(params string[] jobs) =>
        context => context.Response.WriteAsync($$"""{"items":[{{string.Join(',', jobs)}}],"next":null}""");
}
