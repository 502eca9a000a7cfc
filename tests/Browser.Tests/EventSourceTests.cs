namespace Browser.Tests;

/// <summary>Somebody else's client on our stream: the npm package "eventsource".</summary>
[Collection(nameof(Topology))]
public sealed class EventSourceTests(Topology topology)
{
    [Fact]
    public async Task It_resumes_where_it_was_cut_and_stops_at_the_end()
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        job.Report(30);
        job.Report(60);
        await topology.Writers.UntilReportedAsync(job.Id, 60);
        job.End();
        await topology.Writers.UntilFinishedAsync(job.Id);
        Array.ForEach([700, 701, 702], proxy.CutAfter); // Some events have passed, if the client reads them before it hears of the cut.

        var (_, output) = await NodePackages.RunAsync("follow.mjs", new Uri(proxy.Address, $"/api/job-events?jobId={job.Id}").ToString());

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["connected", "active", "progress", "progress", "completed", "closed 204"], lines.Select(line => line.Split('#')[0]));
        Assert.Equal(lines.Distinct(), lines);

        // Anew; after a cut with the id that it had; after the end with the end's.
        var ids = proxy.StreamIds.ToList();
        var end = lines[^2].Split('#')[1];
        Assert.Equal([null, end], new[] { ids[0], ids[^1] });
        Assert.Contains(ids, id => id is not null && id != end);
    }

    [Fact]
    public async Task The_browser_s_own_opens_a_stream_with_the_link_of_a_receipt()
    {
        var page = await topology.OpenAsync(topology.Api);

        var last = await page.EvaluateAsync<string>("""
            async () => {
              const response = await fetch('/api/ai/generate-flashcards', {
                method: 'POST',
                headers: { 'content-type': 'application/json', 'user-id': 'ada' },
                body: JSON.stringify({ content: 'ATP synthase is the enzyme that uses the flow of protons to make ATP.', subject: 'Medicine', topic: 'Cells' }),
              });
              const { eventsUrl } = await response.json();
              const source = new EventSource(eventsUrl);
              return new Promise((resolve, reject) => {
                source.addEventListener('completed', ({ data }) => resolve(`${new URL(source.url).searchParams.has('token')} ${JSON.parse(data).result.flashcards.length}`));
                source.addEventListener('error', () => source.readyState === EventSource.CLOSED && reject(new Error('closed')));
              });
            }
            """);

        Assert.Equal("true 1", last);
    }
}
