namespace Browser.Tests;

/// <summary>The text that a job writes, as the client puts it together.</summary>
[Collection(nameof(Topology))]
public sealed class TextTests(Topology topology)
{
    [Fact]
    public async Task A_late_comer_has_the_text_so_far_and_what_is_written_then()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var early = await topology.OpenAsync(topology.Api);
        await early.FollowAsync(job.Id, "ada");
        job.Write("Größe 😀, ");
        await early.UntilAsync("follower.text.toString() === 'Größe 😀, '");

        var late = await topology.OpenAsync(topology.Api);
        await late.FollowAsync(job.Id, "ada");
        await late.UntilAsync("follower.text.toString() === 'Größe 😀, '");
        job.Write("and more.");
        job.End();

        await Task.WhenAll(early.UntilAsync("ended"), late.UntilAsync("ended"));
        Assert.Equal("Größe 😀, and more.", await early.ReadAsync<string>("follower.text.toString()"));
        Assert.Equal("Größe 😀, and more.", await late.ReadAsync<string>("follower.text.toString()"));
    }

    [Fact]
    public async Task Another_attempt_writes_its_text_anew()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAsync(job.Id, "ada");
        job.Write("a first try");
        await page.UntilAsync("follower.text.toString() === 'a first try'");
        job.FailOnce();
        job.Write("a second");
        await page.UntilAsync("follower.text.toString() === 'a second'");
        job.End();

        await page.UntilAsync("ended");
        Assert.Equal(2, await page.ReadAsync<int>("follower.text.attempt"));
        Assert.Equal(["a first try", "a second"], await page.ReadAsync<string[]>("told.filter(({ name }) => name === 'delta').map(({ text }) => text)"));
    }

    [Fact]
    public async Task What_is_lost_of_a_text_is_marked_as_a_hole()
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAsync(job.Id, "ada");
        job.Write("beginning");
        await page.UntilAsync("follower.text.length === 9");

        proxy.IsDown = true;
        job.Write("middle");
        await topology.Writers.UntilWrittenAsync(job.Id, 15);
        await topology.Writers.ForgetAsync();
        proxy.IsDown = false;
        await Eventually.TrueAsync(() => proxy.StreamIds.Last() is not null);
        job.Write("end");
        await page.UntilAsync("follower.text.toString().endsWith('end')");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("beginning\n[…]\nend", await page.ReadAsync<string>("follower.text.toString()"));
        Assert.Equal("""[{"offset":9,"length":6}]""", await page.ReadAsync<string>("JSON.stringify(follower.text.holes)"));
    }
}
