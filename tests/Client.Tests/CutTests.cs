using Microsoft.AspNetCore.Http;

namespace Client.Tests;

/// <summary>Connections that are cut at any byte.</summary>
public sealed class CutTests(Topology topology)
{
    private static readonly Guid JobId = Guid.NewGuid();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    public async Task After_many_cuts_no_event_is_missed_or_told_twice(int seed)
    {
        var random = new Random(seed);
        await using var proxy = new CuttingProxy(topology.ApiAddress, () => random.Next(1, 1200));
        var client = topology.ClientOf("test", proxy.Address, new HastyTime(100), options => options.SilenceLimit = TimeSpan.FromHours(2));
        string[] steps = [.. Enumerable.Range(1, 40).SelectMany(step => new[] { $"päragraph {step} ✓ ", $"progress:{step}" })];
        var jobId = await topology.Stories.BegunAsync("test", [Story.Wait, .. steps[..40], Story.Wait, .. steps[40..]]);
        await using var following = new Following(client, jobId);

        var notices = new List<JobNotice> { (await following.NextAsync())! };
        topology.Stories.GoOn(jobId, 2);
        notices.AddRange(await following.ReadToEndAsync());

        await Eventually.TrueAsync(() => topology.Stories.Sent(jobId) is [.., var last] && last.StartsWith("completed", StringComparison.Ordinal));
        Assert.IsType<JobNotice.Snapshot>(notices[0]);

        // Pieces of text may come as one; the text below is what counts.
        Assert.Equal(
            topology.Stories.Sent(jobId).Where(told => !told.StartsWith("delta", StringComparison.Ordinal)),
            notices.Skip(1).Where(notice => notice is not JobNotice.Delta).Select(Following.Describe));
        Assert.Single(notices, notice => notice.IsFinal);
        Assert.Equal(
            string.Concat(steps.Where(step => !step.StartsWith(Story.Progress, StringComparison.Ordinal))),
            notices.OfType<JobNotice.Delta>().Last().TextSoFar.ToString());
        Assert.True(proxy.Cuts > 5, $"{proxy.Cuts} cuts");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cut_at_any_byte_of_a_stream_changes_nothing(bool orderly)
    {
        string[] log =
        [
            Wire.Retry + Wire.Event("connected", "1", Wire.Status(JobId)), Wire.Active(JobId, "2"), Wire.Delta(JobId, "2.1", 1, 0, "zwölf "),
            // What came after 2.1 is lost.
            Wire.Retry + Wire.Event("gap", "6", $$"""{"jobId":"{{JobId}}","lastEventId":"2.1"}""") + Wire.Event("connected", "6", Wire.Status(JobId)),
            ":\n\n", Wire.Delta(JobId, "6.1", 1, 20, "Boxkämpfer ✓"), Wire.Completed(JobId, "7"),
        ];
        string Rest(string? last) => string.Concat(log[last switch { null => ..3, "1" => 1..3, "2" => 2..3, "2.1" => 3.., "6" => 4.., "6.1" => 6.., _ => throw new ArgumentOutOfRangeException(last) }]);

        int? cutAt = null;
        await using var api = await ScriptedApi.StartAsync(async context =>
        {
            var answer = System.Text.Encoding.UTF8.GetBytes(Rest(context.Request.Headers["Last-Event-ID"].FirstOrDefault()));
            context.Response.ContentType = "text/event-stream";
            if (cutAt is { } cut && cut <= answer.Length)
            {
                cutAt = null;
                await context.Response.Body.WriteAsync(answer.AsMemory(0, cut));
                await context.Response.Body.FlushAsync();
                if (!orderly)
                {
                    context.Abort();
                }

                return;
            }

            cutAt -= answer.Length;
            await context.Response.Body.WriteAsync(answer);
        });
        var client = api.Client(new HastyTime(2000));
        var length = System.Text.Encoding.UTF8.GetByteCount(Rest(null) + Rest("2.1"));

        for (var place = 0; place <= length; place++)
        {
            cutAt = place;
            var notices = await Following.AllOfAsync(client, JobId);

            Assert.Equal(
                ["snapshot#1", "active#2", "delta#2.1", "gap#6", "snapshot#6", "delta#6.1", "completed#7"], notices.Select(Following.Describe));
            Assert.Equal("zwölf […]Boxkämpfer ✓", Assert.IsType<JobNotice.Delta>(notices[^2]).TextSoFar.ToString());
        }
    }
}
