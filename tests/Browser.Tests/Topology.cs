using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser.Tests.Topology))]

namespace Browser.Tests;

/// <summary>The whole system, started once, with a worker of the tests' own beside its workers; and a browser.</summary>
public sealed class Topology : IAsyncLifetime
{
    private DistributedApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private string? test;

    public Uri Api { get; private set; } = null!;

    internal Writers Writers { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--ephemeral"]);
        app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("worker");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api");
        Api = app.GetEndpoint("api");
        Writers = await Writers.StartAsync((await app.GetConnectionStringAsync("jobs"))!, (await app.GetConnectionStringAsync("redis"))!);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
    }

    /// <summary>A proxy of the test's own in front of the API.</summary>
    internal Task<Proxy> ProxyAsync() => Proxy.StartAsync(Api);

    /// <summary>The demo page in a browser of its own, which shares nothing with others.</summary>
    /// <param name="site">Where it comes from: the API, or a proxy before it.</param>
    /// <param name="query">Follows the page's name.</param>
    /// <param name="options">How the browser is.</param>
    public async Task<IPage> OpenAsync(Uri site, string query = "", BrowserNewContextOptions? options = null)
    {
        await ClosePagesOfOtherTestsAsync();
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)TimeSpan.FromMinutes(1).TotalMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site, $"/sse-example.html{query}").ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Writers.DisposeAsync();
        await app.DisposeAsync();
    }

    // Their clients would go on. Tests run one at a time.
    private async Task ClosePagesOfOtherTestsAsync()
    {
        var now = TestContext.Current.Test!.UniqueID;
        if (test == now)
        {
            return;
        }

        test = now;
        foreach (var context in browser.Contexts.ToList())
        {
            await context.CloseAsync();
        }
    }
}
