using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The demo page for everybody: axe finds nothing in it, and it fits a small screen.</summary>
[Collection(nameof(Topology))]
public sealed class AccessibilityTests(Topology topology)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Axe_finds_nothing_before_during_and_after_a_job(ColorScheme colors, int width)
    {
        var page = await topology.OpenAsync(topology.Api, options: Screen(colors, width));
        Assert.Equal("", await FindingsAsync(page));

        await page.GetByLabel("Begin").SelectOptionAsync("20000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make cards" }).ClickAsync();
        await Assertions.Expect(page.Locator("#cut")).ToBeEnabledAsync();
        Assert.Equal("", await FindingsAsync(page));

        await page.GetByLabel("Begin").SelectOptionAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make cards" }).ClickAsync();
        await Assertions.Expect(page.Locator("#cards li")).ToHaveCountAsync(5);
        Assert.Equal("", await FindingsAsync(page));
        await PictureAsync(page, $"{colors}-{width}");
    }

    [Fact]
    public async Task Nothing_sticks_out_of_a_screen_of_360_pixels()
    {
        var page = await topology.OpenAsync(topology.Api, options: Screen(ColorScheme.Light, 360));
        await page.GetByLabel("Begin").SelectOptionAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make cards" }).ClickAsync();
        await Assertions.Expect(page.Locator("#cards li")).ToHaveCountAsync(5);

        Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_page_is_used_by_keyboard_alone()
    {
        var page = await topology.OpenAsync(topology.Api);
        await page.GetByLabel("Begin").SelectOptionAsync("0");
        await page.GetByLabel("Your name").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#cards li")).ToHaveCountAsync(5);

        var summary = page.Locator("#cards summary").First;
        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        Assert.True(await page.Locator("#cards details").First.EvaluateAsync<bool>("details => details.open"));
    }

    private static BrowserNewContextOptions Screen(ColorScheme colors, int width) => new()
    {
        ColorScheme = colors,
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = new() { Width = width, Height = 900 },
    };

    private static async Task<string> FindingsAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(
            Path.Combine(await NodePackages.FolderAsync(), "node_modules", "axe-core", "axe.min.js"), TestContext.Current.CancellationToken));
        return await page.EvaluateAsync<string>("""
            async () => {
              const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
              return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ html }) => html).join(' ')}`).join('\n');
            }
            """);
    }

    // For whoever wants to look: PICTURES=folder.
    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
