using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>The example of <c>docs/events.md</c>, copied.</summary>
[Collection(nameof(Topology))]
public sealed class DocumentTests(Topology topology)
{
    [Fact]
    public async Task The_example_shows_cards()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "events.md"), TestContext.Current.CancellationToken);
        var page = await topology.OpenAsync(topology.Api);
        await page.RouteAsync("**/example.html", route => route.FulfillAsync(new() { ContentType = "text/html", Body = Code(document, "html") }));
        await page.RouteAsync("**/app.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = Code(document, "js") }));

        var said = await page.RunAndWaitForConsoleMessageAsync(() => page.GotoAsync(new Uri(topology.Api, "/example.html").ToString()));

        Assert.Equal("What is ATP synthase?", await said.Args[0].EvaluateAsync<string>("cards => cards[0].question"));
        await Assertions.Expect(page.Locator("#progress")).ToHaveJSPropertyAsync("value", 100);
    }

    private static string Code(string document, string language)
    {
        var fence = $"```{language}\n";
        var start = document.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return document[start..document.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
