using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The page that a developer tries the events with.</summary>
[Collection(nameof(Topology))]
public sealed class DemoPageTests(Topology topology)
{
    [Fact]
    public async Task Text_becomes_cards_on_the_page()
    {
        var page = await topology.OpenAsync(topology.Api);

        await MakeCardsAsync(page, "0");

        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("Done: 5 cards");
        await Assertions.Expect(page.Locator("#cards li")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#via")).ToHaveTextAsync("event stream");
        await Assertions.Expect(page.Locator("#progress")).ToHaveJSPropertyAsync("value", 100);
        await Assertions.Expect(page.Locator("#connection")).ToHaveTextAsync("The job is over, and so is the connection.");
        Assert.Equal("completed", await page.Locator("#events .name").Last.TextContentAsync());
    }

    [Fact]
    public async Task A_connection_that_is_cut_and_restored_goes_on_where_it_was()
    {
        var job = await topology.Writers.BeginAsync("test");
        var page = await topology.OpenAsync(topology.Api, $"?jobId={job.Id}");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("At work");

        job.Report(20);
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("At work: at 20");
        var last = await page.Locator("#last-id").TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cut the connection" }).ClickAsync();
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("the connection broke");
        job.Report(40); // While nobody listens.
        job.Report(60);
        await topology.Writers.UntilReportedAsync(job.Id, 60);
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore the connection" }).ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("At work: at 60");
        await Assertions.Expect(page.Locator("#resumed")).ToHaveTextAsync(last!);
        job.End();

        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("Done");
        var said = await page.Locator("#events .said").AllTextContentsAsync();
        Assert.Equal(["at 20", "at 40", "at 60"], said.Where(text => text.Contains("at ", StringComparison.Ordinal)).Select(text => text.Split(", ")[^1]));
        await Assertions.Expect(page.Locator("#repeated")).ToHaveTextAsync("0");
    }

    [Fact]
    public async Task Behind_a_proxy_that_holds_streams_back_the_page_says_that_it_polls()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.HoldsStreams = true;
        var page = await topology.OpenAsync(proxy.Address);
        await page.Clock.InstallAsync(); // Thirty seconds of silence go by at once.

        await MakeCardsAsync(page, "20000");
        await Assertions.Expect(page.Locator("#cut")).ToBeEnabledAsync();
        await page.Clock.RunForAsync("00:31");

        await Assertions.Expect(page.Locator("#via")).ToHaveTextAsync("polling");
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("nothing came for 30 s");
    }

    [Fact]
    public async Task What_the_writer_has_written_so_far_is_shown_to_whoever_comes_late()
    {
        var job = await topology.Writers.BeginAsync("test");
        job.Write("Once upon a time ");
        job.Write("there was a queue.");

        var page = await topology.OpenAsync(topology.Api, $"?jobId={job.Id}");

        await Assertions.Expect(page.Locator("#text")).ToHaveTextAsync("Once upon a time there was a queue.");
        job.End();
    }

    [Fact]
    public async Task A_refusal_is_said_in_words()
    {
        var page = await topology.OpenAsync(topology.Api, $"?jobId={Guid.NewGuid()}");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#cut")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task The_policy_lets_no_script_run_but_the_page_s_own()
    {
        var page = await topology.OpenAsync(topology.Api);
        var broken = new List<string>();
        page.Console += (_, message) => broken.Add(message.Text);

        await page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              script.textContent = 'window.injected = true';
              document.body.append(script);
            }
            """);

        Assert.False(await page.EvaluateAsync<bool>("() => Boolean(window.injected)"));
        Assert.Contains(broken, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static async Task MakeCardsAsync(IPage page, string delay)
    {
        await page.GetByLabel("Begin").SelectOptionAsync(delay);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make cards" }).ClickAsync();
    }
}
